package org.wattmark.server.ledger;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Expiry;
import org.wattmark.ledger.Journal;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.ReleaseExpired;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.StandingChange;
import org.wattmark.ledger.VoidPending;

/// The ledger, the journal in PostgreSQL, and the sequencer over everybody's machines.
@Configuration(proxyBeanMethods = false)
class LedgerConfiguration {

    /// Past this, whoever leads has renewed its lease, so it lives.
    private static final Duration PLAIN = Journal.LEASE.plusSeconds(1);

    @Bean
    Staging staging() {
        var random = new SecureRandom();
        return new Staging(() -> {
            var salt = new byte[Commitment.SALT_BYTES];
            random.nextBytes(salt);
            return salt;
        });
    }

    @Bean
    Ledger ledger(Staging staging) {
        return new Ledger(staging);
    }

    /// Its name is what the readiness group calls it: `sequencerWatch`.
    @Bean
    SequencerWatch sequencerWatch() {
        return new SequencerWatch();
    }

    @Bean
    LedgerProblems ledgerProblems(SequencerWatch watch) {
        return new LedgerProblems(watch);
    }

    @Bean
    Numbers numbers(JdbcJournal journal) {
        return journal.numbers();
    }

    @Bean
    CommandHandlers ledgerCommands(Ledger ledger) {
        return CommandHandlers.of(OpenAccounts.class, OpenAccounts.Opened.class, ledger::open)
                .and(PostTransfer.class, Posting.class, ledger::post)
                .and(PostPending.class, Posting.class, ledger::post)
                .and(VoidPending.class, Posting.class, ledger::post)
                .and(PostLinked.class, Posting.class, ledger::post)
                .and(ReleaseExpired.class, Expiry.class, ledger::release)
                .and(SetStanding.class, StandingChange.class, ledger::set)
                .and(SetFreeze.class, StandingChange.class, ledger::set);
    }

    @Bean
    OutcomeCodec outcomeCodec(List<CommandHandlers> handlers) {
        return new OutcomeCodec(handlers.stream().flatMap(CommandHandlers::outcomes));
    }

    @Bean
    JdbcJournal journal(DataSource dataSource, OutcomeCodec outcomes, List<Tables> tables) {
        return new JdbcJournal(dataSource, outcomes, tables);
    }

    /// Leads as soon as nobody else does. It is made when every machine is there: `machines` is
    /// asked for so that they are.
    ///
    /// The server begins to listen when it leads. If another server lives and leads, it begins as
    /// soon as that is plain, and stands by: it answers reads, and writes with 503.
    @Bean
    Sequencer sequencer(
            JdbcJournal journal,
            DataSource dataSource,
            Staging staging,
            InstantSource clock,
            OutcomeCodec outcomes,
            SequencerWatch watch,
            List<Machine> machines,
            List<CommandHandlers> handlers,
            List<Consumer<Sequencer.Event>> listeners) {
        var builder =
                Sequencer.on(new SharedJournal(journal, dataSource), staging, clock)
                        .batchIds(UUID::randomUUID)
                        .outcomeEncoder(outcomes::encode)
                        .listener(event -> listeners.forEach(each -> each.accept(event)));
        handlers.forEach(each -> each.addTo(builder));
        var sequencer = builder.standBy();
        boolean leadsOrFailed = watch.awaitLead(PLAIN);
        var trouble = watch.trouble();
        if (leadsOrFailed && trouble.isPresent()) {
            throw new IllegalStateException(trouble.get());
        }
        return sequencer;
    }
}
