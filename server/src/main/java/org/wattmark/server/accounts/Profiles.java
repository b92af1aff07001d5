package org.wattmark.server.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Year;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.Boundary;
import org.wattmark.emissions.InventorySettings;
import org.wattmark.units.Money;

/// What firms decide about their inventories. Until a firm decides, the calendar year, operational
/// control and upstream emissions.
final class Profiles {

    private final JdbcClient jdbc;

    Profiles(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// @param version 0 until the firm has decided anything
    /// @param sector section of NACE Rev. 2, A to U
    /// @param sharesWithPeers whether its intensities may count among those of its peers
    record Profile(
            int version,
            int firstMonth,
            Boundary boundary,
            boolean upstream,
            @Nullable Integer baseYear,
            @Nullable Integer headcount,
            @Nullable Money turnover,
            @Nullable String sector,
            boolean sharesWithPeers) {

        static final Profile UNDECIDED =
                new Profile(
                        0, 1, Boundary.OPERATIONAL_CONTROL, true, null, null, null, null, false);

        InventorySettings settings(Year year) {
            return new InventorySettings(
                    year,
                    firstMonth,
                    boundary,
                    upstream,
                    Optional.ofNullable(baseYear).map(Year::of));
        }

        boolean saysTheSameAs(Profile other) {
            return firstMonth == other.firstMonth
                    && boundary == other.boundary
                    && upstream == other.upstream
                    && java.util.Objects.equals(baseYear, other.baseYear)
                    && java.util.Objects.equals(headcount, other.headcount)
                    && java.util.Objects.equals(turnover, other.turnover)
                    && java.util.Objects.equals(sector, other.sector)
                    && sharesWithPeers == other.sharesWithPeers;
        }
    }

    Profile of(UUID organisation) {
        return jdbc.sql(
                        """
                        select * from account_profile where organisation_id = :organisation
                        order by version desc limit 1
                        """)
                .param("organisation", organisation)
                .query(Profiles::profile)
                .optional()
                .orElse(Profile.UNDECIDED);
    }

    /// Writes a new version unless it says what the newest says.
    Profile decide(UUID organisation, Profile profile, String by) {
        var newest = of(organisation);
        if (newest.version() > 0 && newest.saysTheSameAs(profile)) {
            return newest;
        }
        jdbc.sql(
                        """
                        insert into account_profile (organisation_id, version, first_month,
                            boundary, upstream, base_year, headcount,
                            turnover_minor_units, currency, sector, shares_with_peers,
                            recorded_by)
                        values (:organisation, :version, :month, :boundary, :upstream, :base,
                            :headcount, :turnover, :currency, :sector, :shares, :by)
                        """)
                .param("organisation", organisation)
                .param("version", newest.version() + 1)
                .param("month", profile.firstMonth())
                .param("boundary", profile.boundary().name())
                .param("upstream", profile.upstream())
                .param("base", profile.baseYear())
                .param("headcount", profile.headcount())
                .param(
                        "turnover",
                        profile.turnover() == null ? null : profile.turnover().minorUnits())
                .param(
                        "currency",
                        profile.turnover() == null
                                ? null
                                : profile.turnover().currency().getCurrencyCode())
                .param("sector", profile.sector())
                .param("shares", profile.sharesWithPeers())
                .param("by", by)
                .update();
        return of(organisation);
    }

    private static Profile profile(ResultSet row, int number) throws SQLException {
        var currency = row.getString("currency");
        return new Profile(
                row.getInt("version"),
                row.getInt("first_month"),
                Boundary.valueOf(row.getString("boundary")),
                row.getBoolean("upstream"),
                row.getObject("base_year", Integer.class),
                row.getObject("headcount", Integer.class),
                currency == null ? null : Money.of(row.getLong("turnover_minor_units"), currency),
                row.getString("sector"),
                row.getBoolean("shares_with_peers"));
    }
}
