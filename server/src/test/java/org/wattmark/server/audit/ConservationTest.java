package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Status;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.postgres.Database;

/// The look at the books that a server takes every minute finds what a superuser plants there.
///
/// Chance names the first of everything, so all balances of so small a history are followed.
class ConservationTest {

    private final Database database = History.shared().copy();
    private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
    private final Conservation conservation = new Conservation(database.dataSource(), () -> 0L);

    @Test
    void findsNothingWhileHonestEntriesCome() {
        assertThat(conservation.look()).isEmpty();

        Alternative.depositsInto(database, 3);

        assertThat(settlements()).isPositive();
        assertThat(conservation.look()).isEmpty();
        assertThat(conservation.look()).isEmpty();
    }

    private long settlements() {
        return jdbc.sql("select count(*) from settlement").query(Long.class).single();
    }

    @Test
    void findsABalanceThatWasRaised() {
        jdbc.sql("update balance set amount = amount + 5 where (account, asset) = " + ANY).update();

        assertThat(conservation.look().toString()).contains("add up to 5");
    }

    private static final String ANY =
            "(select account, asset from balance order by account, asset limit 1)";

    @Test
    void findsAGiftFromOneBalanceToAnother() {
        assertThat(conservation.look()).isEmpty();
        jdbc.sql("alter table balance drop constraint balance_check").update();
        jdbc.sql(
                        """
                        with two as (
                            select asset, min(account) as one, max(account) as other
                            from balance group by asset having count(*) > 1 limit 1)
                        update balance set amount = amount
                            + case when account = two.one then -1 else 1 end
                        from two
                        where balance.asset = two.asset and account in (two.one, two.other)
                        """)
                .update();

        assertThat(conservation.look().toString()).contains("but the journal makes it");
    }

    @Test
    void findsATransferThatWasChangedSinceTheLastLook() {
        assertThat(conservation.look()).isEmpty();
        Alternative.depositsInto(database, 2);
        jdbc.sql(
                        """
                        update journal set amount = amount + 1 where sequence =
                            (select max(sequence) from journal where debit is not null)
                        """)
                .update();

        assertThat(conservation.look().toString())
                .contains("balances moved by other amounts than the journal says");
    }

    @Test
    void findsAnEntryThatIsGone() {
        assertThat(conservation.look()).isEmpty();
        Alternative.depositsInto(database, 2);
        jdbc.sql("delete from journal where sequence = (select max(sequence) from journal)")
                .update();

        assertThat(conservation.look().toString()).contains("the journal has");
    }

    @Test
    void findsAnOldTransferThatWasChangedWhenItsTurnComes() {
        jdbc.sql(
                        """
                        update journal set amount = amount + 1 where sequence =
                            (select min(sequence) from journal where debit is not null)
                        """)
                .update();
        long end =
                jdbc.sql(
                                """
                                select min(next_sequence) from settlement where next_sequence >
                                    (select min(sequence) from journal where debit is not null)
                                """)
                        .query(Long.class)
                        .single();
        var lucky = new Conservation(database.dataSource(), () -> 2 * (end - 1));

        assertThat(lucky.look().toString()).contains("balances moved by other amounts");
    }

    @Test
    void aJournalThatWentBackIsFound() {
        assertThat(conservation.look()).isEmpty();
        jdbc.sql(
                        """
                        update leader set next_sequence = next_sequence - 1,
                            settled_sequence = least(settled_sequence, next_sequence - 1)
                        """)
                .update();

        assertThat(conservation.look().toString()).contains("now it ends at");
    }

    @Test
    void anAlarmIsSeenInHealthAndMetricsAndStays() {
        var meters = new SimpleMeterRegistry();
        try (var watch = new ConservationWatch(conservation, meters)) {
            watch.look();
            var honest = watch.health();

            jdbc.sql("update balance set amount = amount + 5 where (account, asset) = " + ANY)
                    .update();
            watch.look();
            jdbc.sql("update balance set amount = amount - 5 where (account, asset) = " + ANY)
                    .update();
            watch.look();

            assertThat(honest.getStatus()).isEqualTo(Status.UP);
            assertThat(watch.health().getStatus()).isEqualTo(Status.DOWN);
            assertThat(meters.get("wattmark.conservation.violations").gauge().value()).isPositive();
            assertThat(meters.get("wattmark.conservation.look").timer().count()).isEqualTo(3);
        }
    }
}
