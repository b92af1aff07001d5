package org.wattmark.server.registry;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.emissions.Source;
import org.wattmark.units.Period;

/// Tables of hourly factors that operators have loaded: one proposes, another approves. A table
/// never changes, and a statement names the one it was made with by its digest.
public final class HourlyFactorSets {

    private static final String SELECT = "select * from hourly_factor_set ";

    private final JdbcClient jdbc;
    private final GridFactors grids;

    public HourlyFactorSets(JdbcClient jdbc, GridFactors grids) {
        this.jdbc = jdbc;
        this.grids = grids;
    }

    /// @param approvedBy absent as long as nobody has
    public record Loaded(
            UUID id, HourlyGridFactors factors, UUID proposedBy, @Nullable UUID approvedBy) {}

    /// @return false if the id, or the name with this version, is taken
    public boolean propose(UUID id, HourlyGridFactors factors, UUID person) {
        var hours = factors.gramsPerKilowattHour();
        return jdbc.sql(
                                """
                                insert into hourly_factor_set (id, name, version, region, gases,
                                    boundary, source, hours, sha256, first_hour, last_hour,
                                    proposed_by)
                                values (:id, :name, :version, :region, :gases, :boundary, :source,
                                    :hours, :sha256, :first, :last, :person)
                                on conflict do nothing
                                """)
                        .param("id", id)
                        .param("name", factors.set().name())
                        .param("version", factors.set().version())
                        .param("region", factors.region().code())
                        .param("gases", factors.gases().name())
                        .param("boundary", factors.boundary().name())
                        .param("source", factors.source().document())
                        .param("hours", text(hours))
                        .param("sha256", factors.sha256())
                        .param("first", Timestamp.from(hours.firstKey()))
                        .param("last", Timestamp.from(hours.lastKey()))
                        .param("person", person)
                        .update()
                == 1;
    }

    /// @return false if it is approved already, or who approves has proposed it
    public boolean approve(UUID id, UUID person) {
        return jdbc.sql(
                                """
                                update hourly_factor_set
                                set approved_by = :person, approved_at = now()
                                where id = :id and approved_by is null and proposed_by <> :person
                                """)
                        .param("id", id)
                        .param("person", person)
                        .update()
                == 1;
    }

    public Optional<Loaded> find(UUID id) {
        return jdbc.sql(SELECT + "where id = :id").param("id", id).query(this::read).optional();
    }

    /// Without their hours there is no more to a table than a line: all of them.
    public List<Loaded> all() {
        return jdbc.sql(SELECT + "order by name, version").query(this::read).list();
    }

    /// The one that was approved last, of those that tell of the whole period.
    Optional<HourlyGridFactors> covering(String region, Period period) {
        return grids.region(region)
                .flatMap(known ->
                        jdbc.sql(
                                        SELECT
                                                + """
                                                where region = :region and approved_by is not null
                                                    and first_hour <= :start
                                                    and last_hour + interval '1 hour' >= :end
                                                order by approved_at desc, id limit 1
                                                """)
                                .param("region", known.code())
                                .param("start", Timestamp.from(period.start()))
                                .param("end", Timestamp.from(period.end()))
                                .query(this::read)
                                .optional())
                .map(Loaded::factors);
    }

    /// The one that a statement names.
    Optional<HourlyGridFactors> named(String sha256) {
        return jdbc.sql(SELECT + "where sha256 = :sha256 order by id limit 1")
                .param("sha256", HexFormat.of().parseHex(sha256))
                .query(this::read)
                .optional()
                .map(Loaded::factors);
    }

    private Loaded read(ResultSet row, int unused) throws SQLException {
        var document = row.getString("source");
        var set = new EmissionFactorSet(row.getString("name"), row.getInt("version"));
        return new Loaded(
                row.getObject("id", UUID.class),
                new HourlyGridFactors(
                        set,
                        grids.region(row.getString("region")).orElseThrow(),
                        EmissionFactor.Gases.valueOf(row.getString("gases")),
                        EmissionFactor.Boundary.valueOf(row.getString("boundary")),
                        source(document, set),
                        hours(row.getString("hours"))),
                row.getObject("proposed_by", UUID.class),
                row.getObject("approved_by", UUID.class));
    }

    public static Source source(String document, EmissionFactorSet set) {
        return new Source("loaded", document, set.toString(), "", "", "");
    }

    private static String text(SortedMap<Instant, BigDecimal> hours) {
        return hours.entrySet().stream()
                .map(each -> each.getKey() + "," + each.getValue().toPlainString())
                .collect(Collectors.joining("\n"));
    }

    private static SortedMap<Instant, BigDecimal> hours(String text) {
        var hours = new TreeMap<Instant, BigDecimal>();
        text.lines()
                .forEach(line -> {
                    int comma = line.indexOf(',');
                    hours.put(
                            Instant.parse(line.substring(0, comma)),
                            new BigDecimal(line.substring(comma + 1)));
                });
        return hours;
    }
}
