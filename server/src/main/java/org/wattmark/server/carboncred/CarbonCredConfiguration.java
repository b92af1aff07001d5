package org.wattmark.server.carboncred;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.server.carboncred.ImportHistory.Outcome;
import org.wattmark.server.ledger.CommandHandlers;
import org.wattmark.server.ledger.Tables;

/// Imported history: its command, its tables, its endpoints.
@Configuration(proxyBeanMethods = false)
class CarbonCredConfiguration {

    @Bean
    CommandHandlers importedHistoryCommands(Staging staging) {
        return CommandHandlers.of(
                ImportHistory.class,
                Outcome.class,
                command -> ImportHistory.handle(command, staging));
    }

    @Bean
    Tables importedHistoryTables() {
        return HistoryTables.all();
    }

    @Bean
    ImportedHistoryEndpoints importedHistoryEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        return new ImportedHistoryEndpoints(sequencer, jdbc);
    }
}
