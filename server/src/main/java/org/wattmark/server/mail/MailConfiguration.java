package org.wattmark.server.mail;

import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.mail.javamail.JavaMailSender;
import org.wattmark.server.settings.ServerSettings;

/// Mail goes by SMTP where `spring.mail.host` is set, and else into `outbox/` of the data folder.
@Configuration(proxyBeanMethods = false)
class MailConfiguration {

    @Bean
    Outbox outbox(
            ObjectProvider<JavaMailSender> smtp,
            @Value("${wattmark.mail.from:wattmark@localhost}") String from,
            ServerSettings settings,
            InstantSource clock) {
        var server = smtp.getIfAvailable();
        return server == null
                ? new FolderOutbox(settings.data().resolve("outbox"), from, clock)
                : new SmtpOutbox(server, from, clock);
    }
}
