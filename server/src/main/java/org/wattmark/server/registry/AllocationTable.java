package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.ClaimId;
import org.wattmark.attributes.SeriesClaims;
import org.wattmark.attributes.SeriesClaims.Claimed;
import org.wattmark.attributes.Use;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;

/// Which claim uses which metered energy, as ranges; and, for each interval in them, how much of
/// what was metered is taken. The exclusion of overlaps and the interval's own CHECK are the second
/// to say that no energy is claimed twice.
final class AllocationTable implements MapTable<Claim.Series, SeriesClaims> {

    private static final String UPSERT =
            """
            insert into allocation (claim_id, device_id, channel, during, use, status)
            select claim, device, channel, tstzrange(lower, upper, '[)'), use, status
            from unnest(?, ?, ?, ?, ?, ?, ?)
                as changed (claim, device, channel, lower, upper, use, status)
            on conflict (claim_id, device_id, channel) do update set status = excluded.status
            """;

    /// Takes all that is left. An interval that came after its period was closed is no claim's.
    private static final String TAKE =
            """
            update interval set allocated_wh = metered_wh + shortfall_wh
            from unnest(?, ?, ?, ?) as taken (device, channel, lower, upper)
            where interval.device_id = taken.device and interval.channel = taken.channel
                and interval.start_at >= taken.lower and interval.start_at < taken.upper
                and not interval.late
            """;

    private static final String FREE =
            """
            update interval set allocated_wh = 0
            from unnest(?, ?, ?, ?) as freed (device, channel, lower, upper)
            where interval.device_id = freed.device and interval.channel = freed.channel
                and interval.start_at >= freed.lower and interval.start_at < freed.upper
                and not interval.late
            """;

    @Override
    public String map() {
        return "allocation";
    }

    @Override
    public void write(Connection connection, List<Row<Claim.Series, SeriesClaims>> changes)
            throws SQLException {
        var changed = changes.stream().flatMap(row -> changed(row).stream()).toList();
        bounds(
                        Insert.into(connection, UPSERT)
                                .column("uuid", changed.stream().map(c -> c.id()).toList()),
                        changed)
                .column("text", changed.stream().map(c -> c.claimed().use().name()).toList())
                .column("text", changed.stream().map(c -> c.claimed().status().name()).toList())
                .execute();
        count(connection, FREE, changed, AllocationStatus.RELEASED);
        count(connection, TAKE, changed, AllocationStatus.PENDING);
    }

    private static void count(
            Connection connection, String sql, List<Changed> changed, AllocationStatus status)
            throws SQLException {
        var some = changed.stream().filter(each -> each.claimed().status() == status).toList();
        if (!some.isEmpty()) {
            bounds(Insert.into(connection, sql), some).execute();
        }
    }

    private static Insert bounds(Insert insert, List<Changed> changed) throws SQLException {
        return insert.column(
                        "uuid", changed.stream().map(c -> c.series().device().value()).toList())
                .column("text", changed.stream().map(c -> c.series().channel().name()).toList())
                .column(
                        "timestamptz",
                        changed.stream().map(c -> Timestamp.from(c.period().start())).toList())
                .column(
                        "timestamptz",
                        changed.stream().map(c -> Timestamp.from(c.period().end())).toList());
    }

    private record Changed(Claim.Series series, Claimed claimed) {

        UUID id() {
            return claimed.claim().value();
        }

        Period period() {
            return claimed.period();
        }
    }

    private static List<Changed> changed(Row<Claim.Series, SeriesClaims> row) {
        var before = row.before() == null ? List.<Claimed>of() : row.before().claims();
        return row.value().claims().stream()
                .filter(claimed -> !before.contains(claimed))
                .map(claimed -> new Changed(row.key(), claimed))
                .toList();
    }

    @Override
    public Map<Claim.Series, SeriesClaims> load(JdbcClient jdbc) {
        return jdbc
                .sql(
                        """
                        select claim_id, device_id, channel, lower(during) as lower,
                            upper(during) as upper, use, status
                        from allocation
                        """)
                .query(AllocationTable::read)
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                Changed::series,
                                Collectors.collectingAndThen(
                                        Collectors.mapping(
                                                Changed::claimed,
                                                Collectors.toCollection(ArrayList::new)),
                                        SeriesClaims::new)));
    }

    private static Changed read(ResultSet row, int unused) throws SQLException {
        return new Changed(
                new Claim.Series(
                        new DeviceId(row.getObject("device_id", UUID.class)),
                        Channel.valueOf(row.getString("channel"))),
                new Claimed(
                        new ClaimId(row.getObject("claim_id", UUID.class)),
                        Use.valueOf(row.getString("use")),
                        new Period(
                                row.getTimestamp("lower").toInstant(),
                                row.getTimestamp("upper").toInstant()),
                        AllocationStatus.valueOf(row.getString("status"))));
    }
}
