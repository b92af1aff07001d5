package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.units.Money;

/// The few numbers of reports that firms are compared by.
final class Figures {

    /// Each other firm's newest report of the year, of those that agreed to it and are known to an
    /// operator, and that deal in units of the same class.
    private static final String PEERS =
            """
            select distinct on (figure.organisation_id) figure.*
            from account_figure figure
            join organisation peer on peer.id = figure.organisation_id
            join organisation mine on mine.id = :organisation
            join lateral (
                select sector, shares_with_peers from account_profile
                where account_profile.organisation_id = peer.id
                order by version desc limit 1) profile on true
            where figure.year = :year and peer.id <> mine.id
                and peer.country = mine.country and peer.unit_class = mine.unit_class
                and peer.standing = 'VERIFIED'
                and profile.shares_with_peers and profile.sector = :sector
            order by figure.organisation_id, figure.number desc
            """;

    private final JdbcClient jdbc;

    Figures(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What firms of different sizes can be compared by. Each is rounded up to a whole gram: no
    /// emission is hidden.
    enum Measure {
        GRAMS_PER_EMPLOYEE("g CO2e per employee"),
        GRAMS_PER_THOUSAND_TURNOVER("g CO2e per 1,000 of turnover"),
        GRAMS_PER_MEGAWATT_HOUR("g CO2e per MWh of energy used");

        private final String unit;

        Measure(String unit) {
            this.unit = unit;
        }

        String unit() {
            return unit;
        }
    }

    /// @param grams scopes 1 and 2, location-based: what EFRAG's VSME (paragraph 31) relates
    /// @param wattHours of fuels, electricity and heat; absent where no source tells some of it
    record Figure(
            UUID organisation,
            long grams,
            @Nullable Long wattHours,
            @Nullable Integer headcount,
            @Nullable Money turnover) {

        OptionalLong intensity(Measure measure) {
            return switch (measure) {
                case GRAMS_PER_EMPLOYEE ->
                        headcount == null
                                ? OptionalLong.empty()
                                : per(BigDecimal.valueOf(headcount));
                case GRAMS_PER_THOUSAND_TURNOVER ->
                        turnover == null ? OptionalLong.empty() : per(thousands(turnover));
                case GRAMS_PER_MEGAWATT_HOUR ->
                        wattHours == null
                                ? OptionalLong.empty()
                                : per(BigDecimal.valueOf(wattHours, 6));
            };
        }

        /// More is a mistake in what it is related to, and would not fit a number.
        private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000_000_000L);

        private static BigDecimal thousands(Money money) {
            return BigDecimal.valueOf(
                    money.minorUnits(), money.currency().getDefaultFractionDigits() + 3);
        }

        private OptionalLong per(BigDecimal base) {
            var ratio = BigDecimal.valueOf(grams).divide(base, 0, RoundingMode.CEILING);
            return ratio.compareTo(MOST) <= 0
                    ? OptionalLong.of(ratio.longValueExact())
                    : OptionalLong.empty();
        }
    }

    /// Written by the caller's transaction, with the report.
    void add(UUID report, int year, Figure figure) {
        var turnover = figure.turnover();
        jdbc.sql(
                        """
                        insert into account_figure (report_id, organisation_id, year, grams,
                            watt_hours, headcount, turnover_minor_units, currency)
                        values (:report, :organisation, :year, :grams, :wh, :heads, :turnover,
                            :currency)
                        """)
                .param("report", report)
                .param("organisation", figure.organisation())
                .param("year", year)
                .param("grams", figure.grams())
                .param("wh", figure.wattHours())
                .param("heads", figure.headcount())
                .param("turnover", turnover == null ? null : turnover.minorUnits())
                .param("currency", turnover == null ? null : turnover.currency().getCurrencyCode())
                .update();
    }

    /// The firm's own, by its newest complete report of each year, oldest year first.
    List<OfYear> of(UUID organisation) {
        return jdbc.sql(
                        """
                        select distinct on (year) * from account_figure
                        where organisation_id = :organisation order by year, number desc
                        """)
                .param("organisation", organisation)
                .query((row, _) ->
                        new OfYear(
                                row.getInt("year"),
                                row.getObject("report_id", UUID.class),
                                figure(row)))
                .list();
    }

    record OfYear(int year, UUID report, Figure figure) {}

    List<Figure> peersOf(UUID organisation, String sector, int year) {
        return jdbc.sql(PEERS)
                .param("organisation", organisation)
                .param("sector", sector)
                .param("year", year)
                .query((row, _) -> figure(row))
                .list();
    }

    private static Figure figure(ResultSet row) throws SQLException {
        var currency = row.getString("currency");
        return new Figure(
                row.getObject("organisation_id", UUID.class),
                row.getLong("grams"),
                row.getObject("watt_hours", Long.class),
                row.getObject("headcount", Integer.class),
                currency == null ? null : Money.of(row.getLong("turnover_minor_units"), currency));
    }
}
