package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.Year;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.emissions.ResidualMix;
import org.wattmark.units.Bytes;

/// What electricity of a market emits by its residual mix, and by what its suppliers publish: as
/// one operator has loaded it and another has approved it. None is shipped.
final class MarketRates {

    private final JdbcClient jdbc;
    private final TransactionOperations transactions;
    private final GridFactors grids;

    MarketRates(JdbcClient jdbc, TransactionOperations transactions, GridFactors grids) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.grids = grids;
    }

    /// @param supplier as the source names it; empty for the residual mix
    /// @param source the publication, its edition and table
    record Rate(
            Region market,
            Year year,
            String supplier,
            BigDecimal gramsPerKilowattHour,
            String source,
            String url) {}

    /// @param approvedBy absent while it waits, and counts nowhere
    record RateFile(
            UUID id,
            Bytes sha256,
            Instant loadedAt,
            String loadedBy,
            @Nullable Instant approvedAt,
            @Nullable String approvedBy) {}

    Optional<RateFile> file(UUID id) {
        return jdbc.sql("select * from market_rate_file where id = :id")
                .param("id", id)
                .query((row, _) -> file(row))
                .optional();
    }

    List<RateFile> page(UUID after, int most) {
        return jdbc.sql(
                        """
                        select * from market_rate_file where id > :after order by id limit :most
                        """)
                .param("after", after)
                .param("most", most)
                .query((row, _) -> file(row))
                .list();
    }

    private static RateFile file(ResultSet row) throws SQLException {
        var approved = row.getTimestamp("approved_at");
        return new RateFile(
                row.getObject("id", UUID.class),
                Bytes.of(row.getBytes("sha256")),
                row.getTimestamp("loaded_at").toInstant(),
                row.getString("loaded_by"),
                approved == null ? null : approved.toInstant(),
                row.getString("approved_by"));
    }

    /// Stores a file whole, with whatever is told of it in the same transaction.
    ///
    /// @return false if the id is taken
    boolean load(UUID id, byte[] sha256, List<Rate> rates, String by, Runnable told) {
        return Boolean.TRUE.equals(
                transactions.execute(_ -> {
                    boolean isNew =
                            jdbc.sql(
                                                    """
                                                    insert into market_rate_file
                                                        (id, sha256, loaded_by)
                                                    values (:id, :sha256, :by)
                                                    on conflict do nothing
                                                    """)
                                            .param("id", id)
                                            .param("sha256", sha256)
                                            .param("by", by)
                                            .update()
                                    == 1;
                    if (isNew) {
                        rates.forEach(rate -> insert(id, rate));
                        told.run();
                    }
                    return isNew;
                }));
    }

    private void insert(UUID file, Rate rate) {
        jdbc.sql(
                        """
                        insert into market_rate (file_id, region, year, supplier,
                            grams_per_kilowatt_hour, source, url)
                        values (:file, :region, :year, :supplier, :grams, :source, :url)
                        """)
                .param("file", file)
                .param("region", rate.market().code())
                .param("year", rate.year().getValue())
                .param("supplier", rate.supplier())
                .param("grams", rate.gramsPerKilowattHour())
                .param("source", rate.source())
                .param("url", rate.url())
                .update();
    }

    /// From now on it counts. Again it does nothing.
    void approve(UUID id, String by) {
        jdbc.sql(
                        """
                        update market_rate_file set approved_at = now(), approved_by = :by,
                            approval = (select coalesce(max(approval), 0) + 1
                                from market_rate_file)
                        where id = :id and approved_at is null
                        """)
                .param("id", id)
                .param("by", by)
                .update();
    }

    /// The rates that count of one market, of all years.
    List<Rate> of(Region market) {
        return jdbc.sql(
                        """
                        select * from market_rate_now where region = :region order by year, supplier
                        """)
                .param("region", market.code())
                .query((row, _) -> rate(row))
                .list();
    }

    Optional<Rate> supplier(Region market, Year year, String supplier) {
        return of(market).stream()
                .filter(each -> each.year().equals(year))
                .filter(each -> each.supplier().equalsIgnoreCase(supplier.strip()))
                .filter(each -> !each.supplier().isEmpty())
                .findFirst();
    }

    /// The residual mixes of all markets in a year.
    List<ResidualMix> residualMixes(Year year) {
        return jdbc
                .sql("select * from market_rate_now where year = :year and supplier = ''")
                .param("year", year.getValue())
                .query((row, _) -> rate(row))
                .list()
                .stream()
                .map(each ->
                        new ResidualMix(
                                each.market(),
                                each.year(),
                                each.gramsPerKilowattHour(),
                                each.source(),
                                each.url()))
                .toList();
    }

    private Rate rate(ResultSet row) throws SQLException {
        return new Rate(
                grids.region(row.getString("region")).orElseThrow(),
                Year.of(row.getInt("year")),
                row.getString("supplier"),
                Instruments.canonical(row.getBigDecimal("grams_per_kilowatt_hour")),
                row.getString("source"),
                row.getString("url"));
    }
}
