package org.wattmark.server.log;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wattmark.server.settings.ServerSettings;

/// Gives every server of a test a log key, as an operator would before the first start.
@Configuration(proxyBeanMethods = false)
class TestLogKeyConfiguration {

    static final String ORIGIN = "log.wattmark.test";

    @Bean
    static BeanFactoryPostProcessor logKey() {
        return beans -> LogKey.requireOrMake(beans.getBean(ServerSettings.class), ORIGIN);
    }
}
