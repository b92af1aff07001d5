package org.wattmark.server.accounts;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.units.Share;

/// Places that inventories cover. A change is a new version; all are kept.
final class Sites {

    /// More are of another kind of firm than this is for.
    static final int MOST = 10_000;

    private static final String NEWEST =
            """
            select distinct on (id) * from account_site where organisation_id = :organisation
            """;

    private final JdbcClient jdbc;
    private final GridFactors grids;

    Sites(JdbcClient jdbc, GridFactors grids) {
        this.jdbc = jdbc;
        this.grids = grids;
    }

    /// In the order of their ids.
    List<ReportingSite> of(UUID organisation) {
        return jdbc.sql(NEWEST + " order by id, version desc")
                .param("organisation", organisation)
                .query(this::site)
                .list();
    }

    Optional<ReportingSite> find(UUID organisation, UUID id) {
        return jdbc.sql(NEWEST + " and id = :id order by id, version desc")
                .param("organisation", organisation)
                .param("id", id)
                .query(this::site)
                .optional();
    }

    /// Writes a version, unless the newest says the same. Another organisation's id is taken.
    ///
    /// @return whether it is new or changed
    boolean put(UUID organisation, ReportingSite site, String by) {
        var newest =
                jdbc.sql(
                                """
                                select organisation_id, version from account_site
                                where id = :id order by version desc limit 1
                                """)
                        .param("id", site.id())
                        .query((row, _) -> {
                            if (!row.getObject("organisation_id", UUID.class)
                                    .equals(organisation)) {
                                throw Faults.anotherContent(site.id());
                            }
                            return row.getInt("version");
                        })
                        .optional();
        if (find(organisation, site.id()).map(site::equals).orElse(false)) {
            return false;
        }
        if (newest.isEmpty() && of(organisation).size() >= MOST) {
            throw Faults.conflict("too_many_sites", "A firm has at most " + MOST + " sites.");
        }
        jdbc.sql(
                        """
                        insert into account_site (id, version, organisation_id, name, region, grid,
                            operated, controlled, equity_basis_points, recorded_by)
                        values (:id, :version, :organisation, :name, :region, :grid, :operated,
                            :controlled, :equity, :by)
                        """)
                .param("id", site.id())
                .param("version", newest.orElse(0) + 1)
                .param("organisation", organisation)
                .param("name", site.name())
                .param("region", site.region().code())
                .param("grid", site.grid().orElse(null))
                .param("operated", site.operated())
                .param("controlled", site.controlled())
                .param("equity", site.equity().basisPoints())
                .param("by", by)
                .update();
        return true;
    }

    private ReportingSite site(ResultSet row, int number) throws SQLException {
        return new ReportingSite(
                row.getObject("id", UUID.class),
                row.getString("name"),
                grids.region(row.getString("region")).orElseThrow(),
                Optional.ofNullable(row.getString("grid")),
                row.getBoolean("operated"),
                row.getBoolean("controlled"),
                new Share(row.getInt("equity_basis_points")));
    }
}
