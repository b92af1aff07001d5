package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.units.Period;

/// The table of intervals has a partition for each month that is written, and for the one after it.
class IntervalMonthsTest {

    private static final DeviceId DEVICE = new DeviceId(UUID.randomUUID());
    private static final Instant LONG_AGO = Instant.parse("2009-02-28T23:45:00Z");
    private static final Instant NEW_YEAR = Instant.parse("2026-01-01T00:00:00Z");

    private final Database database = TestPostgres.freshDatabase();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final IntervalMonths months = new IntervalMonths();

    private List<@Nullable String> partitions() {
        return jdbc.sql(
                        """
                        select inhrelid::regclass::text from pg_inherits
                        where inhparent = 'interval'::regclass order by 1
                        """)
                .query(String.class)
                .list();
    }

    private static IntervalReading quarterHour(Instant start, long wattHours) {
        return new IntervalReading(Period.starting(start, Duration.ofMinutes(15)), wattHours);
    }

    /// @param commits or else it is rolled back
    private void write(boolean commits, Instant... starts) throws SQLException {
        try (var connection = database.dataSource().getConnection()) {
            connection.setAutoCommit(false);
            var rows = new IntervalRows(months, starts.length);
            for (var start : starts) {
                rows.add(DEVICE, Channel.GENERATION, quarterHour(start, 7), false, 1);
            }
            rows.writeTo(connection);
            if (commits) {
                connection.commit();
            } else {
                connection.rollback();
            }
        }
    }

    @Test
    void aMonthAndTheNextAreMadeByWhoWritesIntoItFirst() throws Exception {
        write(true, LONG_AGO, NEW_YEAR.minusSeconds(900), NEW_YEAR);
        write(true, LONG_AGO.plusSeconds(900));

        assertThat(partitions())
                .containsExactly(
                        "interval_2009_02",
                        "interval_2009_03",
                        "interval_2009_04",
                        "interval_2025_12",
                        "interval_2026_01",
                        "interval_2026_02");
        assertThat(
                        jdbc.sql("select tableoid::regclass::text from interval order by start_at")
                                .query(String.class)
                                .list())
                .containsExactly(
                        "interval_2009_02",
                        "interval_2009_03",
                        "interval_2025_12",
                        "interval_2026_01");
    }

    @Test
    void whatIsRolledBackIsMadeAgain() throws Exception {
        write(false, NEW_YEAR);
        assertThat(partitions()).isEmpty();

        write(true, NEW_YEAR);

        assertThat(partitions()).containsExactly("interval_2026_01", "interval_2026_02");
    }

    @Test
    void manyWhoMakeOneMonthAtOnceMakeItOnce() throws Exception {
        int writers = 8;
        var barrier = new CyclicBarrier(writers);
        var readings = new JdbcReadings(new JdbcTemplate(database.dataSource()));
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < writers; i++) {
            var reading = quarterHour(NEW_YEAR.plusSeconds(900L * i), i);
            tasks.add(() -> {
                barrier.await();
                var stored = readings.store(DEVICE, Channel.EXPORT, List.of(reading));
                return stored.fresh();
            });
        }

        try (var threads = Executors.newFixedThreadPool(writers)) {
            for (var task : threads.invokeAll(tasks)) {
                assertThat(task.get()).isEqualTo(1);
            }
        }

        assertThat(partitions()).containsExactly("interval_2026_01", "interval_2026_02");
    }

    @Test
    void everyPartitionRefusesWhatTheTableRefuses() throws Exception {
        write(true, NEW_YEAR);

        assertThatThrownBy(() -> write(true, NEW_YEAR)).hasMessageContaining("pkey");
        for (var wrong :
                List.of(
                        "allocated_wh = 8",
                        "allocated_wh = -1",
                        "late = true, allocated_wh = 1",
                        "energy_wh = 6",
                        "metered_wh = -1",
                        "seconds = 0",
                        "device_id = null")) {
            assertThatThrownBy(() -> jdbc.sql("update interval set " + wrong).update())
                    .as(wrong)
                    .hasMessageContaining("constraint");
        }
        assertThat(jdbc.sql("update interval set allocated_wh = 7").update()).isEqualTo(1);
    }

    @Test
    void aDetachedMonthIsNotWrittenBesideUntilItIsOutOfTheWay() throws Exception {
        write(true, LONG_AGO);
        jdbc.sql("alter table interval detach partition interval_2009_02").update();
        var another = new IntervalMonths();
        another.want(LONG_AGO);
        try (var connection = database.dataSource().getConnection()) {
            assertThatThrownBy(() -> another.make(connection))
                    .hasMessageContaining("interval_2009_02 was detached");
        }

        jdbc.sql("create schema archive").update();
        jdbc.sql("alter table interval_2009_02 set schema archive").update();
        new JdbcReadings(new JdbcTemplate(database.dataSource()))
                .store(DEVICE, Channel.GENERATION, List.of(quarterHour(LONG_AGO, 7)));

        assertThat(partitions()).containsExactly("interval_2009_02", "interval_2009_03");
    }
}
