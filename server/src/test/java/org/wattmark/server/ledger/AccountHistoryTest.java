package org.wattmark.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Expiry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.ReleaseExpired;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.VoidPending;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.testing.SettableClock;

/// Histories and statements are what a naive fold of the journal gives, wherever chunks end.
class AccountHistoryTest {

    private static final AccountId SOURCE = new AccountId("load:source");
    private static final List<AccountId> HOLDERS =
            List.of(new AccountId("load:a"), new AccountId("load:b"), new AccountId("load:c"));
    private static final List<Asset> ASSETS = List.of(new Asset("load:x"), new Asset("load:y"));

    private final Database database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final SettableClock clock = new SettableClock(Instant.parse("2026-03-01T00:00:00Z"));
    private final List<Entry> entries = Collections.synchronizedList(new ArrayList<>());
    private final Sequencer sequencer = start();

    private Sequencer start() {
        var outcomes =
                new OutcomeCodec(Stream.of(Posting.class, OpenAccounts.Opened.class, Expiry.class));
        var staging = new Staging(() -> new byte[32]);
        var ledger = new Ledger(staging);
        return Sequencer.on(
                        new JdbcJournal(database.dataSource(), outcomes, List.of()), staging, clock)
                .outcomeEncoder(outcomes::encode)
                .handle(OpenAccounts.class, ledger::open)
                .handle(PostTransfer.class, ledger::post)
                .handle(PostPending.class, ledger::post)
                .handle(VoidPending.class, ledger::post)
                .handle(ReleaseExpired.class, ledger::release)
                .listener(event -> {
                    if (event instanceof Sequencer.Event.Committed(var batch)) {
                        entries.addAll(batch.entries());
                    }
                })
                .start();
    }

    @BeforeEach
    void accounts() {
        sequencer.apply(OpenAccounts.of(new Account(SOURCE, Account.Kind.SOURCE)));
        HOLDERS.forEach(holder ->
                sequencer.apply(OpenAccounts.of(new Account(holder, Account.Kind.HOLDER))));
    }

    @AfterEach
    void stop() {
        sequencer.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 7, 64, 100_000})
    void isTheFoldOfTheJournal(int chunk) {
        var random = new Random(chunk);
        givenTransfers(random, 30);
        var history = new AccountHistory(jdbc, chunk);
        catchUp(history);
        givenTransfers(random, 10); // these wait for their chunk

        thenAgrees(history, random);

        catchUp(history);
        thenAgrees(history, random);
        jdbc.sql("truncate account_history").update();
        thenAgrees(history, random);
        catchUp(history);
        thenAgrees(history, random);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update account_history set net = net + 1 where ctid = :row",
                "update account_history set places = places || 1 where ctid = :row",
                "update account_history set places = places[2:] where ctid = :row",
                "update account_history set account = account + 1000 where ctid = :row",
                "update account_history set chunk = 1000000 where ctid = :row",
                "delete from account_history where ctid = :row",
                "update account_history set chunk = chunk + 1"
                        + " where account = -9223372036854775808 and chunk = :last",
                "update account_history set net = 1 where account = -9223372036854775808"
                        + " and chunk = :last"
            })
    void theAuditFindsWhatIsChangedInIt(String tampering) {
        givenTransfers(new Random(3), 30);
        var history = new AccountHistory(jdbc, 7);
        assertThat(audit(7)).as("empty").isEmpty();
        catchUp(history);
        assertThat(audit(7)).as("made from the journal").isEmpty();

        var row =
                jdbc.sql(
                                """
                                select ctid::text from account_history where account > 0
                                order by random()
                                """)
                        .query(String.class)
                        .list()
                        .getFirst();
        var last = jdbc.sql("select max(chunk) from account_history").query(Long.class).single();
        int changed =
                jdbc.sql(tampering.replace(":row", "'" + row + "'").replace(":last", "" + last))
                        .update();

        assertThat(changed).isPositive();
        assertThat(audit(7)).isNotEmpty();
    }

    private List<String> audit(int chunk) {
        var found = new ArrayList<String>();
        var audit = new AccountHistoryAudit(chunk);
        var pages = List.copyOf(entries);
        for (int from = 0; from < pages.size(); from += 11) {
            var page = pages.subList(from, Math.min(from + 11, pages.size()));
            audit.check(page, jdbc, (_, what) -> found.add(what));
        }
        audit.finish(jdbc, (_, what) -> found.add(what));
        return found;
    }

    @Test
    void findsTheFirstEntryOfATime() {
        var history = new AccountHistory(jdbc, 4);
        clock.advance(Duration.ofHours(1));
        long before = history.end();
        givenTransfers(new Random(1), 3);
        long after = history.end();
        clock.advance(Duration.ofHours(1));
        givenTransfers(new Random(2), 3);

        assertThat(history.firstAt(Instant.EPOCH)).isZero();
        assertThat(history.firstAt(Instant.parse("2026-03-01T01:00:00Z"))).isEqualTo(before);
        assertThat(history.firstAt(Instant.parse("2026-03-01T01:30:00Z"))).isEqualTo(after);
        assertThat(history.firstAt(Instant.parse("2027-01-01T00:00:00Z"))).isEqualTo(history.end());
    }

    @Test
    void whatIsDueGoesBack() {
        var expiry = new HoldExpiry(sequencer, jdbc, clock);
        var id = UUID.randomUUID();
        sequencer.apply(PostTransfer.plain(transfer(UUID.randomUUID(), SOURCE, HOLDERS.get(0), 9)));
        sequencer.apply(PostTransfer.pending(transfer(id, HOLDERS.get(0), HOLDERS.get(1), 9), 60));
        var history = new AccountHistory(jdbc, 4);
        long before = history.end();

        clock.advance(Duration.ofSeconds(59));
        expiry.releaseDue();
        assertThat(history.end()).as("nothing is due, nothing is entered").isEqualTo(before);
        clock.advance(Duration.ofSeconds(1));
        expiry.releaseDue();

        assertThat(jdbc.sql("select count(*) from hold").query(Long.class).single()).isZero();
        assertThat(balance(history, HOLDERS.get(0).value())).isEqualTo(9);
    }

    private long balance(AccountHistory history, String account) {
        return history.balanceBefore(
                number(account), history.asset(ASSETS.getFirst().code()), history.end());
    }

    private static void catchUp(AccountHistory history) {
        int chunks = 0;
        while (history.catchUp()) {
            chunks++;
        }
        assertThat(chunks).isGreaterThanOrEqualTo(0);
    }

    private static Transfer transfer(UUID id, AccountId debit, AccountId credit, long amount) {
        return new Transfer(id, debit, credit, ASSETS.getFirst(), amount);
    }

    private void givenTransfers(RandomGenerator random, int count) {
        var commands = new ArrayList<Command<Posting>>();
        for (int i = 0; i < count; i++) {
            var id = UUID.randomUUID();
            var from = HOLDERS.get(random.nextInt(3));
            var to = HOLDERS.get((HOLDERS.indexOf(from) + 1 + random.nextInt(2)) % 3);
            var asset = ASSETS.get(random.nextInt(2));
            long amount = 1L + random.nextInt(9);
            commands.add(
                    PostTransfer.plain(
                            new Transfer(UUID.randomUUID(), SOURCE, from, asset, amount)));
            var wish = new Transfer(id, from, to, asset, amount);
            switch (random.nextInt(4)) {
                case 0 -> commands.add(PostTransfer.plain(wish));
                case 1 -> commands.add(PostTransfer.pending(wish, 0));
                case 2 -> {
                    commands.add(PostTransfer.pending(wish, 0));
                    commands.add(new PostPending(UUID.randomUUID(), id, 1));
                }
                default -> {
                    commands.add(PostTransfer.pending(wish, 0));
                    commands.add(new VoidPending(UUID.randomUUID(), id));
                }
            }
        }
        sequencer.submitAll("test", commands).forEach(Sequencer::await);
    }

    private long number(String account) {
        return jdbc.sql("select number from account where id = ?")
                .param(account)
                .query(Long.class)
                .single();
    }

    private void thenAgrees(AccountHistory history, RandomGenerator random) {
        var journal =
                jdbc.sql(TransferView.SELECT + " order by sequence").query(TransferView::of).list();
        long end = history.end();
        for (var account : List.of("load:source", "load:a", "load:b", "load:b/reserved")) {
            for (var asset : List.of("", "load:x", "load:y")) {
                long after = random.nextLong(-1, end);
                long before = random.nextLong(after + 1, end + 2);
                int limit = 1 + random.nextInt(30);
                var expected =
                        journal.stream()
                                .filter(each -> isOf(each, account))
                                .filter(each -> asset.isEmpty() || each.asset().equals(asset))
                                .filter(each -> each.sequence() > after)
                                .filter(each -> each.sequence() < before)
                                .limit(limit)
                                .toList();

                int number = asset.isEmpty() ? 0 : history.asset(asset);
                var found = history.sequences(number(account), number, after, before, limit);

                assertThat(history.transfers(found)).isEqualTo(expected);
                if (number > 0) {
                    assertThat(history.balanceBefore(number(account), number, before))
                            .isEqualTo(fold(journal, account, asset, before));
                }
            }
        }
    }

    private static long fold(
            List<TransferView> journal, String account, String asset, long before) {
        return journal.stream()
                .filter(each -> isOf(each, account))
                .filter(each -> each.asset().equals(asset) && each.sequence() < before)
                .mapToLong(each -> each.netFor(account))
                .sum();
    }

    private static boolean isOf(TransferView transfer, String account) {
        return transfer.debit().equals(account) || transfer.credit().equals(account);
    }
}
