package org.wattmark.server.registry;

import java.math.BigDecimal;
import java.time.Year;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.Sha256;
import org.wattmark.server.security.Role;
import org.wattmark.units.Co2e;
import org.wattmark.verification.Actor;

/// What a claim's data would have come to, had they said something else: by the claim's own
/// methodology, with the remainders that its statement carried in.
public final class Restatements {

    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final Assessor assessor;

    Restatements(JdbcClient jdbc, Organisations organisations, Assessor assessor) {
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.assessor = assessor;
    }

    /// @param net in each vintage, rounded down
    public record Restated(Actor actor, ClaimId claim, Sha256 data, Map<Year, Co2e> net) {}

    /// 404 for who may not see the claim.
    public void requireSight(UUID claim, org.wattmark.server.security.Actor actor) {
        var _ = new ClaimSight(jdbc).seen(claim, actor);
    }

    /// @return nothing in any vintage where the claim is on metered energy
    public Restated of(
            UUID id, Map<String, Object> data, org.wattmark.server.security.Actor actor) {
        var record = new ClaimSight(jdbc).seen(id, actor);
        var acting = organisations.acting(actor, Role.PROPONENT);
        var claim = record.claimCase().claim();
        var statement = record.statement();
        if (claim.data().isEmpty() || statement.isEmpty()) {
            return new Restated(acting, claim.id(), Sha256.NONE, Map.of());
        }
        var restated = ReportedJson.data(claim.methodology(), data);
        var carried = new HashMap<Year, BigDecimal>();
        statement
                .get()
                .reduction()
                .lines()
                .forEach(line -> carried.put(line.vintage(), line.carriedIn()));
        var assessment = assessor.restated(claim, restated, carried);
        var reduction =
                assessment
                        .reduction()
                        .orElseThrow(() ->
                                Refusals.invalid(
                                        "/data", "cannot be quantified by " + claim.methodology()));
        var net = new HashMap<Year, Co2e>();
        reduction.lines().forEach(line -> net.merge(line.vintage(), line.net(), Co2e::plus));
        return new Restated(acting, claim.id(), restated.sha256(), net);
    }
}
