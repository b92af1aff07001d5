package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.Activity;
import org.wattmark.emissions.ActivityItem;
import org.wattmark.emissions.ActivityUnit;
import org.wattmark.emissions.ActivityUnits;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.Quantity;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.server.ledger.Insert;
import org.wattmark.units.Bytes;

/// Activities as they were recorded. None is ever changed: what counts is what nothing replaced or
/// withdrew.
final class Activities {

    /// Rows that one statement writes.
    private static final int CHUNK = 10_000;

    private static final String INSERT =
            """
            insert into activity (id, organisation_id, site_id, item, amount, unit, start_on,
                end_on, meter, estimated, note, evidence, factor, import_id, import_line, replaces,
                recorded_by)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private final JdbcClient jdbc;
    private final JdbcTemplate template;
    private final Library library;

    Activities(JdbcClient jdbc, JdbcTemplate template, Library library) {
        this.jdbc = jdbc;
        this.template = template;
        this.library = library;
    }

    /// An activity and what is known of its record.
    ///
    /// @param counts false once something replaced or withdrew it, or its import was undone
    record Recorded(
            Activity activity,
            @Nullable UUID importId,
            @Nullable Integer importLine,
            @Nullable UUID replaces,
            Instant recordedAt,
            String recordedBy,
            boolean counts) {}

    /// What counts within these days, in the order of ids.
    List<Activity> within(UUID organisation, BillPeriod days, Map<UUID, ReportingSite> sites) {
        var reader = new Reader(sites);
        return jdbc.sql(
                        """
                        select * from activity_now where organisation_id = :organisation
                            and start_on < :end and end_on > :start order by id
                        """)
                .param("organisation", organisation)
                .param("start", days.start())
                .param("end", days.end())
                .query((row, _) -> reader.activity(row))
                .list();
    }

    /// What counts of a bill's own supply within these days, the bill too.
    List<Activity> beside(
            UUID organisation, Activity bill, BillPeriod days, Map<UUID, ReportingSite> sites) {
        var reader = new Reader(sites);
        return jdbc.sql(
                        """
                        select * from activity_now where organisation_id = :organisation
                            and start_on < :end and end_on > :start and site_id = :site
                            and item = :item and meter is not distinct from cast(:meter as text)
                        order by id
                        """)
                .param("organisation", organisation)
                .param("start", days.start())
                .param("end", days.end())
                .param("site", bill.site().id())
                .param("item", bill.item().code())
                .param("meter", bill.meter().orElse(null))
                .query((row, _) -> reader.activity(row))
                .list();
    }

    List<Recorded> page(UUID organisation, UUID after, int most, Map<UUID, ReportingSite> sites) {
        return recorded(
                organisation,
                sites,
                " and activity.id > :id order by activity.id limit " + most,
                after);
    }

    Optional<Recorded> find(UUID organisation, UUID id, Map<UUID, ReportingSite> sites) {
        return recorded(organisation, sites, " and activity.id = :id", id).stream().findFirst();
    }

    private List<Recorded> recorded(
            UUID organisation, Map<UUID, ReportingSite> sites, String condition, UUID id) {
        var reader = new Reader(sites);
        return jdbc.sql(
                        """
                        select activity.*, activity_now.id is not null as counts from activity
                        left join activity_now on activity_now.id = activity.id
                        where activity.organisation_id = :organisation
                        """
                                + condition)
                .param("organisation", organisation)
                .param("id", id)
                .query((row, _) ->
                        new Recorded(
                                reader.activity(row),
                                row.getObject("import_id", UUID.class),
                                row.getObject("import_line", Integer.class),
                                row.getObject("replaces", UUID.class),
                                row.getTimestamp("recorded_at").toInstant(),
                                row.getString("recorded_by"),
                                row.getBoolean("counts")))
                .list();
    }

    /// Reads rows; sites, items and units of many rows are the same few.
    private final class Reader {

        private final Map<UUID, ReportingSite> sites;
        private final Map<String, ActivityItem> items = new HashMap<>();
        private final Map<String, ActivityUnit> units = new HashMap<>();

        Reader(Map<UUID, ReportingSite> sites) {
            this.sites = sites;
        }

        Activity activity(ResultSet row) throws SQLException {
            var site = sites.get(row.getObject("site_id", UUID.class));
            if (site == null) {
                throw new IllegalStateException("an activity without a site: " + row.getString(1));
            }
            var evidence = row.getBytes("evidence");
            return new Activity(
                    row.getObject("id", UUID.class),
                    site,
                    items.computeIfAbsent(
                            row.getString("item"), it -> library.items().find(it).orElseThrow()),
                    new Quantity(
                            row.getBigDecimal("amount"),
                            units.computeIfAbsent(row.getString("unit"), Reader::unit)),
                    new BillPeriod(
                            row.getObject("start_on", LocalDate.class),
                            row.getObject("end_on", LocalDate.class)),
                    Optional.ofNullable(row.getString("meter")),
                    row.getBoolean("estimated")
                            ? Activity.Basis.ESTIMATED
                            : Activity.Basis.MEASURED,
                    row.getString("note"),
                    Optional.ofNullable(evidence).map(Bytes::of),
                    Optional.ofNullable(row.getString("factor")));
        }

        private static ActivityUnit unit(String symbol) {
            if (ActivityUnits.read(symbol)
                    instanceof ActivityUnits.Reading.Understood(var understood)) {
                return understood;
            }
            throw new IllegalStateException("an activity in a unit that is not known: " + symbol);
        }
    }

    /// A row to write.
    ///
    /// @param line of the import's file, the first being 1
    record Row(Activity activity, @Nullable Integer line, @Nullable UUID replaces) {}

    /// @return false if the activity that it replaces was replaced before
    boolean record(UUID organisation, Row row, String by) {
        try {
            insert(organisation, null, List.of(row), by);
            return true;
        } catch (DuplicateKeyException e) {
            return false;
        }
    }

    /// Writes all rows; the caller's transaction makes it all or nothing.
    void insert(UUID organisation, @Nullable UUID importId, List<Row> rows, String by) {
        for (int from = 0; from < rows.size(); from += CHUNK) {
            var chunk = rows.subList(from, Math.min(from + CHUNK, rows.size()));
            int count = chunk.size();
            template.execute(
                    (ConnectionCallback<Integer>)
                            connection -> {
                                var insert = Insert.into(connection, INSERT);
                                ids(insert, organisation, chunk);
                                bill(insert, chunk.stream().map(Row::activity).toList());
                                return insert.column("uuid", Collections.nCopies(count, importId))
                                        .column("integer", nullable(chunk, Row::line))
                                        .column("uuid", nullable(chunk, Row::replaces))
                                        .column("text", Collections.nCopies(count, by))
                                        .execute();
                            });
        }
    }

    private static void ids(Insert insert, UUID organisation, List<Row> rows) throws SQLException {
        insert.column("uuid", rows.stream().map(row -> row.activity().id()).toList())
                .column("uuid", Collections.nCopies(rows.size(), organisation))
                .column("uuid", rows.stream().map(row -> row.activity().site().id()).toList());
    }

    private static void bill(Insert insert, List<Activity> all) throws SQLException {
        insert.column("text", all.stream().map(it -> it.item().code()).toList())
                .column("numeric", amounts(all))
                .column("text", all.stream().map(it -> it.quantity().unit().symbol()).toList())
                .column("date", all.stream().map(it -> Date.valueOf(it.period().start())).toList())
                .column("date", all.stream().map(it -> Date.valueOf(it.period().end())).toList())
                .column("text", nullable(all, it -> it.meter().orElse(null)))
                .column(
                        "boolean",
                        all.stream().map(it -> it.basis() == Activity.Basis.ESTIMATED).toList())
                .column("text", all.stream().map(Activity::note).toList())
                .column(
                        "bytea",
                        nullable(all, it -> it.evidence().map(Bytes::toByteArray).orElse(null)))
                .column("text", nullable(all, it -> it.factor().orElse(null)));
    }

    private static List<BigDecimal> amounts(List<Activity> activities) {
        return activities.stream().map(it -> it.quantity().amount()).toList();
    }

    private static <R, T> List<@Nullable T> nullable(
            List<R> rows, java.util.function.Function<R, @Nullable T> part) {
        var parts = new java.util.ArrayList<@Nullable T>(rows.size());
        rows.forEach(row -> parts.add(part.apply(row)));
        return parts;
    }

    /// @return whether it was withdrawn by this
    boolean withdraw(UUID id, UUID activity, String reason, String by) {
        return jdbc.sql(
                                """
                                insert into activity_withdrawal
                                    (activity_id, id, reason, recorded_by)
                                values (:activity, :id, :reason, :by) on conflict do nothing
                                """)
                        .param("activity", activity)
                        .param("id", id)
                        .param("reason", reason)
                        .param("by", by)
                        .update()
                == 1;
    }
}
