package org.wattmark.server.ledger;

import java.time.Duration;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.security.StepLimits;
import org.wattmark.server.security.TransferLimits;

/// The ledger over HTTP.
@Configuration(proxyBeanMethods = false)
class LedgerApiConfiguration {

    @Bean
    OwnAccounts ownAccounts(JdbcClient jdbc) {
        return new OwnAccounts(jdbc);
    }

    @Bean
    TransferEndpoints transferEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            OwnAccounts accounts,
            StepLimits limits,
            TrustedPayees payees) {
        return new TransferEndpoints(sequencer, jdbc, accounts, limits, payees);
    }

    @Bean
    TrustedPayees trustedPayees(
            JdbcClient jdbc, DataSource dataSource, TransferLimits limits, InstantSource clock) {
        var transactions = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
        return new TrustedPayees(jdbc, transactions, limits, clock);
    }

    @Bean
    AccountEndpoints accountEndpoints(Sequencer sequencer) {
        return new AccountEndpoints(sequencer);
    }

    @Bean
    AccountHistory accountHistory(JdbcClient jdbc) {
        return new AccountHistory(jdbc, AccountHistory.CHUNK);
    }

    @Bean
    HistoryEndpoints historyEndpoints(
            AccountHistory history, JdbcClient jdbc, OwnAccounts accounts) {
        return new HistoryEndpoints(history, jdbc, accounts);
    }

    @Bean
    LookupEndpoints lookupEndpoints(JdbcClient jdbc, OwnAccounts accounts, OutcomeCodec outcomes) {
        return new LookupEndpoints(jdbc, accounts, outcomes);
    }

    @Bean
    LeaderChores ledgerChores(
            Sequencer sequencer, JdbcClient jdbc, InstantSource clock, AccountHistory history) {
        var expiry = new HoldExpiry(sequencer, jdbc, clock);
        return new LeaderChores(sequencer, "chores of the ledger")
                .every(Duration.ofSeconds(1), expiry::releaseDue)
                .untilDone(Duration.ofSeconds(1), history::catchUp);
    }

    @Bean
    StandingEndpoints standingEndpoints(Sequencer sequencer) {
        return new StandingEndpoints(sequencer);
    }
}
