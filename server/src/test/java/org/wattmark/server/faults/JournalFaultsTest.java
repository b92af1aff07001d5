package org.wattmark.server.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.TestPostgres;

/// What the journal's database may do wrong: nothing is lost, nothing is done twice, and it goes on
/// by itself when the fault is gone.
class JournalFaultsTest {

    private static final int PAYMENTS = 400;
    private static final int CLIENTS = 8;

    /// Of PostgreSQL's: serialization failure, deadlock, too many connections, disk full.
    private static final List<String> PASSING = List.of("40001", "40P01", "53300", "53100");

    private static final String DISK_FULL =
            """
            create function disk_full() returns trigger language plpgsql as
            $$ begin
                raise exception 'could not extend file: No space left on device'
                    using errcode = 'disk_full';
            end $$
            """;

    private final Database database = TestPostgres.freshDatabase();
    private final DataSource source = database.dataSource();

    /// Each payment is asked for twice, by two clients at once.
    private static void payAll(Bench bench, List<UUID> ids) throws Exception {
        var answers = new ConcurrentHashMap<UUID, Posting>();
        try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
            var all =
                    Stream.concat(ids.stream(), ids.reversed().stream())
                            .map(id ->
                                    clients.submit(() -> {
                                        var answer = bench.pay(id);
                                        var before = answers.putIfAbsent(id, answer);
                                        assertThat(before).isIn(null, answer);
                                    }))
                            .toList();
            for (var each : all) {
                each.get();
            }
        }
        assertThat(answers).hasSize(ids.size());
    }

    private static List<UUID> ids(int count) {
        return Stream.generate(UUID::randomUUID).limit(count).toList();
    }

    private void thenEachIsPaidOnce(int payments) {
        assertThat(Bench.received(source)).isEqualTo(payments);
        assertThat(Bench.entries(source)).isEqualTo(payments);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10, 30})
    void stormsOfConflictsDelayAndNeverRepeat(int percent) throws Exception {
        var random = new Random(percent);
        var storm = new AtomicBoolean();
        var troubled =
                new TroubledSource(
                        source,
                        () ->
                                storm.get() && random.nextInt(100) < percent
                                        ? raised(PASSING.get(random.nextInt(PASSING.size())))
                                        : null);
        try (var bench = Bench.on(troubled, InstantSource.system())) {
            storm.set(true);
            payAll(bench, ids(PAYMENTS));
        }

        thenEachIsPaidOnce(PAYMENTS);
        assertThat(troubled.count()).as("the storm was there").isPositive();
    }

    /// As the driver reports what PostgreSQL raises.
    private static SQLException raised(String state) {
        return new PSQLException(
                new ServerErrorMessage("SERROR\0C" + state + "\0Mput in by a test\0\0"));
    }

    /// The positive control: a client that takes a new id for each attempt pays more than once.
    @Test
    void findsThePaymentsThatWereMadeTwice() throws Exception {
        try (var bench = Bench.on(source, InstantSource.system())) {
            payAll(bench, ids(PAYMENTS / 2));
            payAll(bench, ids(PAYMENTS / 2)); // the same wishes, under other ids
        }

        assertThatThrownBy(() -> thenEachIsPaidOnce(PAYMENTS / 2))
                .isInstanceOf(AssertionError.class);
    }

    /// As PostgreSQL reports it. What a full disk does to PostgreSQL itself is not shown here.
    @Test
    void aFullDiskRefusesWritesAndNothingIsLeftOfThem() throws Exception {
        try (var bench = Bench.on(source, InstantSource.system())) {
            bench.pay(UUID.randomUUID());
            var jdbc = JdbcClient.create(TestPostgres.asSuperuser(database).dataSource());
            jdbc.sql(DISK_FULL).update();
            jdbc.sql(
                            """
                            create trigger disk_full before insert on settlement
                            execute function disk_full()
                            """)
                    .update();
            var refused = UUID.randomUUID();

            long before = System.nanoTime();
            assertThatThrownBy(() -> bench.payOnce(refused))
                    .isInstanceOf(Sequencer.Unavailable.class);
            var waited = Duration.ofNanos(System.nanoTime() - before);
            assertThat(waited).isLessThan(Duration.ofSeconds(20));
            thenEachIsPaidOnce(1);

            jdbc.sql("drop trigger disk_full on settlement").update();
            bench.pay(refused);
            thenEachIsPaidOnce(2);
            assertThat(bench.heard)
                    .anyMatch(it -> it instanceof Sequencer.Event.Waiting)
                    .noneMatch(it -> it instanceof Sequencer.Event.Violated);
        }
    }

    /// Sequence, not time, orders the journal.
    @Test
    void aClockThatJumpsChangesNoOrder() throws Exception {
        var random = new Random(8);
        InstantSource jumping =
                () ->
                        Instant.parse("2026-03-29T01:00:00Z")
                                .plus(Duration.ofMinutes(random.nextInt(121) - 60));
        try (var bench = Bench.on(source, jumping)) {
            for (int i = 0; i < 50; i++) {
                bench.pay(UUID.randomUUID());
            }
        }
        try (var _ = Bench.on(source, InstantSource.system())) {
            thenEachIsPaidOnce(50);
        }

        var jdbc = JdbcClient.create(source);
        assertThat(
                        jdbc.sql("select max(sequence) + 1 - count(*) from journal")
                                .query(Long.class)
                                .single())
                .as("no gap")
                .isZero();
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from (
                                            select at, lag(at) over (order by sequence) as before
                                            from journal) as entries
                                        where at < before
                                        """)
                                .query(Long.class)
                                .single())
                .as("the clock did jump back")
                .isPositive();
    }
}
