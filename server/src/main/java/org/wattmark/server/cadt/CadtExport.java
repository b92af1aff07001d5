package org.wattmark.server.cadt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Year;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.ClaimBytes;
import org.wattmark.registry.Eligibility;
import org.wattmark.registry.Serials;
import org.wattmark.server.ledger.UnreadableRow;
import org.wattmark.server.registry.ProgrammeGaps;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.units.Canonical;
import org.wattmark.units.SerialRange;

/// The registry in CADT's words. What CADT asks for and Wattmark does not know is null; for whom
/// something was retired is not public and not here.
final class CadtExport {

    static final String REGISTRY = "Wattmark";

    /// Retired and cancelled ranges, and what is left of each block, which has no holders by
    /// serial.
    private static final String UNITS =
            """
            select block.id as block_id, block.project_id, block.claim_id, block.vintage, unit.*,
                project.region, project.proponent_id, project.unit_class
            from (
                select used.id, used.block_id as block, used.first_serial, used.last_serial,
                    case when retirement.id is null then 'Cancelled' else 'Retired' end as status,
                    cancellation.cause || ': ' || cancellation.reason as reason,
                    coalesce(retirement.holder, cancellation.holder) as holder
                from used_serials as used
                left join retirement on retirement.id = used.id
                left join cancellation on cancellation.id = used.id
                union all
                select id, id, next_serial, issued_grams, 'Held', null, null from credit_block
                where next_serial <= issued_grams
            ) as unit
            join credit_block as block on block.id = unit.block
            join project on project.id = block.project_id
            where (unit.block, unit.first_serial) > (:block, :serial)
            order by unit.block, unit.first_serial limit :limit
            """;

    private final JdbcClient jdbc;
    private final ServerSettings settings;

    CadtExport(JdbcClient jdbc, ServerSettings settings) {
        this.jdbc = jdbc;
        this.settings = settings;
    }

    /// Where a page ends.
    record Place(UUID block, long firstSerial) {

        static final Place START = new Place(new UUID(0, 0), 0);

        static Place of(String text) {
            var parts = text.split("/", 2);
            return new Place(UUID.fromString(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return block + "/" + firstSerial;
        }
    }

    /// A range of serials of a block.
    record UnitRow(
            UUID id,
            UUID block,
            UUID project,
            UUID claim,
            UUID proponent,
            String region,
            int vintage,
            long firstSerial,
            long lastSerial,
            String status,
            @Nullable String reason,
            @Nullable String holder) {

        Place place() {
            return new Place(block, firstSerial);
        }

        String serials() {
            var range = new SerialRange(firstSerial, lastSerial);
            return Serials.of(region, project, block, Year.of(vintage), range);
        }
    }

    /// The three tables, by CADT's field names.
    record Parts(
            List<Map<String, @Nullable Object>> projects,
            List<Map<String, @Nullable Object>> issuances,
            List<Map<String, @Nullable Object>> units) {}

    List<UnitRow> units(Place after, int limit) {
        return jdbc.sql(UNITS)
                .param("block", after.block())
                .param("serial", after.firstSerial())
                .param("limit", limit)
                .query((row, _) -> unit(row))
                .list();
    }

    private static UnitRow unit(ResultSet row) throws SQLException {
        return new UnitRow(
                row.getObject("id", UUID.class),
                row.getObject("block_id", UUID.class),
                row.getObject("project_id", UUID.class),
                row.getObject("claim_id", UUID.class),
                row.getObject("proponent_id", UUID.class),
                row.getString("region"),
                row.getInt("vintage"),
                row.getLong("first_serial"),
                row.getLong("last_serial"),
                row.getString("status"),
                row.getString("reason"),
                row.getString("holder"));
    }

    Parts of(List<UnitRow> rows) {
        var projects = new LinkedHashSet<UUID>();
        var claims = new LinkedHashSet<UUID>();
        rows.forEach(row -> {
            projects.add(row.project());
            claims.add(row.claim());
        });
        var units = new ArrayList<Map<String, @Nullable Object>>();
        var shown = eligibilities(projects);
        for (var row : rows) {
            var eligibility = shown.get(row.project());
            units.add(
                    unit(
                            row,
                            eligibility == null
                                    ? Eligibility.nothingOf(row.project())
                                    : eligibility));
        }
        return new Parts(projects(projects), issuances(claims), units);
    }

    private Map<UUID, Eligibility> eligibilities(Set<UUID> projects) {
        return jdbc
                .sql("select * from eligibility where project_id = any (?)")
                .param(projects.toArray(UUID[]::new))
                .query((row, _) -> ProgrammeGaps.read(row))
                .list()
                .stream()
                .collect(Collectors.toMap(Eligibility::project, each -> each));
    }

    private Map<String, @Nullable Object> unit(UnitRow row, Eligibility eligibility) {
        var unit = new LinkedHashMap<String, @Nullable Object>();
        unit.put("warehouseUnitId", row.id());
        unit.put("issuanceId", row.claim());
        unit.put("projectLocationId", row.project());
        unit.put("orgUid", row.proponent());
        unit.put("unitOwner", row.holder());
        unit.put("countryJurisdictionOfOwner", null);
        unit.put("inCountryJurisdictionOfOwner", null);
        unit.put("serialNumberBlock", row.serials());
        unit.put("serialNumberPattern", "-([0-9]+)-([0-9]+)$");
        unit.put("unitCount", row.lastSerial() - row.firstSerial() + 1);
        unit.put("vintageYear", row.vintage());
        unit.put("unitType", "Reduction - technical");
        unit.put("unitStatus", row.status());
        unit.put("unitStatusReason", row.reason());
        unit.put("unitRegistryLink", link("/api/v1/public/credit-blocks/" + row.block()));
        unit.put(
                "correspondingAdjustmentDeclaration",
                eligibility.letterOfAuthorisation().isPresent() ? "Committed" : "Unknown");
        unit.put(
                "correspondingAdjustmentStatus",
                switch (eligibility.correspondingAdjustment()) {
                    case NOT_STARTED -> "Not Started";
                    case COMMITTED -> "Pending";
                    case COMPLETED -> "Completed";
                });
        return unit;
    }

    private String link(String path) {
        return settings.baseUrl() + path;
    }

    private List<Map<String, @Nullable Object>> projects(Set<UUID> ids) {
        return jdbc.sql("select * from project where id = any (?)")
                .param(ids.toArray(UUID[]::new))
                .query((row, _) -> project(row))
                .list();
    }

    private Map<String, @Nullable Object> project(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var project = new LinkedHashMap<String, @Nullable Object>();
        project.put("warehouseProjectId", id);
        project.put("orgUid", row.getObject("proponent_id", UUID.class));
        project.put("currentRegistry", REGISTRY);
        project.put("projectId", id);
        project.put("originProjectId", id);
        project.put("registryOfOrigin", REGISTRY);
        project.put(
                "program", row.getString("unit_class").equals("TEST") ? "TEST, not real" : null);
        project.put("projectName", row.getString("title"));
        project.put("projectLink", link("/api/v1/public/projects/" + id));
        project.put("projectDeveloper", row.getObject("proponent_id", UUID.class));
        project.put("sector", "Energy industries (renewable / non-renewable sources)");
        project.put("projectType", "Renewable energy and energy efficiency");
        project.put("coveredByNDC", "Unknown");
        project.put("ndcInformation", null);
        project.put("projectStatus", "Registered");
        project.put("projectStatusDate", null);
        project.put("unitMetric", "gCO2e");
        project.put(
                "methodology",
                row.getString("methodology") + " v" + row.getInt("methodology_version"));
        project.put("validationBody", null);
        project.put("validationDate", null);
        return project;
    }

    private List<Map<String, @Nullable Object>> issuances(Set<UUID> claims) {
        return jdbc.sql("select * from claim where id = any (?)")
                .param(claims.toArray(UUID[]::new))
                .query((row, _) -> issuance(row))
                .list();
    }

    private static Map<String, @Nullable Object> issuance(ResultSet row) throws SQLException {
        try {
            var claim = ClaimBytes.read(row.getBytes("content"));
            var verifiedBy = row.getString("verified_by");
            boolean verified = verifiedBy != null && verifiedBy.startsWith("verifier:");
            var issuance = new LinkedHashMap<String, @Nullable Object>();
            issuance.put("id", claim.id().value());
            issuance.put("warehouseProjectId", claim.project());
            issuance.put("orgUid", claim.proponent().id());
            issuance.put("startDate", claim.monitoringPeriod().start().toString());
            issuance.put("endDate", claim.monitoringPeriod().end().toString());
            issuance.put(
                    "verificationApproach",
                    verified ? "Verified by a third party" : "Checked by machine only");
            issuance.put("verificationReportDate", null);
            issuance.put("verificationBody", verifiedBy);
            return issuance;
        } catch (Canonical.Malformed e) {
            throw new UnreadableRow("a claim: " + e.getMessage());
        }
    }
}
