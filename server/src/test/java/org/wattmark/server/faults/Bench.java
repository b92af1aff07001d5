package org.wattmark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;

/// The ledger alone over the journal in PostgreSQL: one source of money, and one who receives it.
final class Bench implements AutoCloseable {

    private static final AccountId BANK = new AccountId("bank");
    private static final AccountId ALICE = new AccountId("holder:alice");
    private static final Asset EUR = new Asset("money:EUR");

    final Queue<Sequencer.Event> heard = new ConcurrentLinkedQueue<>();
    private final Sequencer sequencer;

    private Bench(DataSource source, InstantSource clock) {
        var staging = new Staging(() -> new byte[Commitment.SALT_BYTES]);
        var ledger = new Ledger(staging);
        var codec = new OutcomeCodec(Stream.of(OpenAccounts.Opened.class, Posting.class));
        sequencer =
                Sequencer.on(new JdbcJournal(source, codec, List.of()), staging, clock)
                        .handle(OpenAccounts.class, ledger::open)
                        .handle(PostTransfer.class, ledger::post)
                        .outcomeEncoder(codec::encode)
                        .listener(heard::add)
                        .start();
    }

    static Bench on(DataSource source, InstantSource clock) {
        var bench = new Bench(source, clock);
        bench.applyUntilDone(
                OpenAccounts.of(
                        new Account(BANK, Account.Kind.SOURCE),
                        new Account(ALICE, Account.Kind.HOLDER)));
        return bench;
    }

    private <O> O applyUntilDone(Command<O> command) {
        while (true) {
            try {
                return sequencer.apply(command);
            } catch (Sequencer.Unavailable e) {
                assertThat(sequencer.isRunning()).as(e.getMessage()).isTrue();
            }
        }
    }

    /// Pays one cent, and asks again until the answer is known, as clients do.
    Posting pay(UUID id) {
        return applyUntilDone(payment(id));
    }

    /// Pays one cent or throws.
    Posting payOnce(UUID id) {
        return sequencer.apply(payment(id));
    }

    private static PostTransfer payment(UUID id) {
        return PostTransfer.plain(new Transfer(id, BANK, ALICE, EUR, 1));
    }

    /// What Alice has, by the tables.
    static long received(DataSource source) {
        return JdbcClient.create(source)
                .sql(
                        """
                        select coalesce(sum(amount), 0)
                        from balance_now join account on number = balance_now.account
                        where id = 'holder:alice'
                        """)
                .query(Long.class)
                .single();
    }

    static long entries(DataSource source) {
        return JdbcClient.create(source)
                .sql("select count(*) from journal where debit is not null")
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        sequencer.close();
    }
}
