package org.wattmark.server.certification;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;

/// Certified models: the list, its table, and its endpoints.
@Configuration(proxyBeanMethods = false)
class CertificationConfiguration {

    @Bean
    CertifiedModels certifiedModels(Staging staging) {
        return new CertifiedModels(staging);
    }

    @Bean
    CommandHandlers certificationCommands(CertifiedModels models) {
        return models.commands();
    }

    @Bean
    Tables certificationTables() {
        return CertifiedModelTable.all();
    }

    @Bean
    CertifiedModelEndpoints certifiedModelEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        return new CertifiedModelEndpoints(sequencer, jdbc);
    }
}
