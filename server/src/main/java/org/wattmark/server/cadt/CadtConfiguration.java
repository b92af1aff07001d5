package org.wattmark.server.cadt;

import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.server.settings.ServerSettings;

/// Export and import.
@Configuration(proxyBeanMethods = false)
class CadtConfiguration {

    @Bean
    CadtEndpoints cadtEndpoints(JdbcClient jdbc, ServerSettings settings) {
        return new CadtEndpoints(new CadtExport(jdbc, settings));
    }

    @Bean
    CadtImportEndpoints cadtImportEndpoints(
            JdbcClient jdbc, PlatformTransactionManager transactions, InstantSource clock) {
        return new CadtImportEndpoints(
                new CadtImports(jdbc, new TransactionTemplate(transactions), clock),
                new CadtRules(jdbc));
    }
}
