package org.wattmark.server.settings;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/// The one clock of the server: everything else takes it as an `InstantSource`.
@Configuration(proxyBeanMethods = false)
class SettingsConfiguration {

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }
}
