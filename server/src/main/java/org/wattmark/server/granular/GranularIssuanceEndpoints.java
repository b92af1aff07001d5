package org.wattmark.server.granular;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Receipt;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.registry.GranularDecision;
import org.wattmark.registry.GranularIssuance;
import org.wattmark.registry.GranularRequesting;
import org.wattmark.registry.Hours;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Refusals;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.CheckReport;
import org.wattmark.verification.UnitClass;

/// Issuance of granular certificates: a proponent asks for hours of a device, which are reserved at
/// once; what is of class TEST and all green is issued at once, an operator decides on the rest.
@RestController
@Tag(name = "Granular certificates")
class GranularIssuanceEndpoints {

    /// A month: so many certificates are one commit.
    static final Duration LONGEST = Duration.ofDays(31);

    private static final String ISSUANCES =
            """
            select granular_issuance.*, project.proponent_id,
                (select count(*) from granular_certificate
                    where issuance_id = granular_issuance.id) as certificates,
                (select coalesce(sum(energy_wh), 0)::bigint from granular_certificate
                    where issuance_id = granular_issuance.id) as energy_wh
            from granular_issuance join project on project.id = granular_issuance.project_id
            where (:all or project.proponent_id = :organisation)
            """;

    private final GranularIssuer issuer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final BondedDevices devices;

    GranularIssuanceEndpoints(
            GranularIssuer issuer,
            JdbcClient jdbc,
            Organisations organisations,
            BondedDevices devices) {
        this.issuer = issuer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.devices = devices;
    }

    /// Asks for a certificate of each hour that was metered as a whole and that nothing is claimed
    /// of. From the answer on nobody else can have these hours, and readings that come for them
    /// later are late. Everybody will see what the device generated in each hour.
    @PostMapping("/api/v1/granular-issuances")
    ResponseEntity<?> request(
            @RequestBody GranularIssuanceBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        var id = ChosenId.of(body.id(), key, actor);
        var bonded =
                devices.find(new DeviceId(body.device()))
                        .filter(each -> each.device().owner().equals(actor.organisation()))
                        .orElseThrow(() ->
                                Refusals.invalid(
                                        "/device", "is not a device that is bonded to you"));
        body.require();
        return switch (issuer.request(id, acting, body.project(), bonded, body.period())) {
            case GranularRequesting.Requested(var issuance, var receipt) -> {
                var view = find(issuance, actor);
                yield ResponseEntity.created(URI.create("/api/v1/granular-issuances/" + issuance))
                        .body(new GranularRequested(view, receipt));
            }
            case GranularRequesting.Refused(var reason, var about) ->
                    GranularRefusals.of(reason, about);
        };
    }

    /// Issues what somebody asked for, as an operator who is another person and of another
    /// organisation.
    @PostMapping("/api/v1/granular-issuances/{id}/approvals")
    ResponseEntity<?> approve(
            @PathVariable("id") UUID issuance,
            @RequestBody(required = false) @Nullable DecisionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        return decide(issuance, body, key, actor, true);
    }

    /// Rejects it; the hours are free again.
    @PostMapping("/api/v1/granular-issuances/{id}/rejections")
    ResponseEntity<?> reject(
            @PathVariable("id") UUID issuance,
            @RequestBody(required = false) @Nullable DecisionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        return decide(issuance, body, key, actor, false);
    }

    private ResponseEntity<?> decide(
            UUID id,
            @Nullable DecisionBody body,
            @Nullable String key,
            Actor actor,
            boolean approve) {
        var acting = organisations.acting(actor, Role.OPERATOR);
        actor.requirePerson("decides on certificates");
        var step = ChosenId.of(body == null ? null : body.id(), key, actor);
        var issuance = issuer.issuance(id).orElseThrow(() -> GranularRefusals.unknownIssuance(id));
        return switch (issuer.decide(step, acting, issuance, approve)) {
            case GranularDecision.Issued(var _, var _, var _, var receipt) ->
                    decided(id, actor, receipt);
            case GranularDecision.Rejected(var _, var receipt) -> decided(id, actor, receipt);
            case GranularDecision.Denied(var reason) -> GranularRefusals.of(reason);
        };
    }

    private ResponseEntity<?> decided(UUID id, Actor actor, Receipt receipt) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new GranularRequested(find(id, actor), receipt));
    }

    private GranularIssuanceView find(UUID id, Actor actor) {
        var found =
                jdbc.sql(ISSUANCES + " and granular_issuance.id = :id")
                        .param("all", actor.is(Role.OPERATOR))
                        .param("organisation", actor.organisation())
                        .param("id", id)
                        .query((row, _) -> Found.read(row))
                        .optional()
                        .orElseThrow(() -> GranularRefusals.unknownIssuance(id));
        boolean open = found.issuance().state() == GranularIssuance.State.REQUESTED;
        return found.view(open ? findings(issuer.report(found.issuance())) : List.of());
    }

    /// @param certificates issued
    /// @param energy of these
    private record Found(GranularIssuance issuance, int certificates, Energy energy) {

        static Found read(ResultSet row) throws SQLException {
            return new Found(
                    GranularIssuanceTable.read(row),
                    row.getInt("certificates"),
                    new Energy(row.getLong("energy_wh")));
        }

        GranularIssuanceView view(List<OpenFinding> findings) {
            return GranularIssuanceView.of(issuance, certificates, energy, findings);
        }
    }

    private static List<OpenFinding> findings(CheckReport report) {
        return report.open().stream()
                .map(each ->
                        new OpenFinding(
                                each.check().name(),
                                each.outcome().name(),
                                each.inputs(),
                                each.threshold()))
                .toList();
    }

    /// Your organisation's; an operator sees all.
    @GetMapping("/api/v1/granular-issuances/{id}")
    GranularIssuanceView one(@PathVariable UUID id, Actor actor) {
        return find(id, actor);
    }

    /// Whatever your organisation asked for; operators see what anybody asked for.
    ///
    /// @param state only those in this state
    @GetMapping("/api/v1/granular-issuances")
    Page<GranularIssuanceView> all(
            @RequestParam(required = false) GranularIssuance.@Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                ISSUANCES
                                        + """
                                            and granular_issuance.id > :after
                                            and (cast(:state as text) is null or state = :state)
                                        order by granular_issuance.id limit :limit
                                        """)
                        .param("all", actor.is(Role.OPERATOR))
                        .param("organisation", actor.organisation())
                        .param("after", page.afterId())
                        .param("state", state == null ? null : state.name())
                        .param("limit", page.fetch())
                        .query((row, _) -> Found.read(row).view(List.of()))
                        .list(),
                each -> each.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param device whose generation is certified
    /// @param period whole hours, UTC, 31 days at the most
    /// @param exclusivityDeclared that nobody claims the same energy in any other scheme
    record GranularIssuanceBody(
            @Nullable UUID id,
            UUID project,
            UUID device,
            Period period,
            boolean exclusivityDeclared) {

        void require() {
            if (!Hours.isStart(period.start())
                    || !Hours.isStart(period.end())
                    || period.length().compareTo(LONGEST) > 0) {
                throw Refusals.invalid(
                        "/period", "is of whole hours, UTC, and no longer than 31 days");
            }
            if (!exclusivityDeclared) {
                throw Refusals.invalid(
                        "/exclusivity_declared",
                        "is true: energy that somebody else claims has no certificate");
            }
        }
    }

    /// @param id of the step, chosen by the client; or send an `Idempotency-Key`
    record DecisionBody(@Nullable UUID id) {}

    record GranularRequested(GranularIssuanceView issuance, Receipt receipt) {}

    /// @param hours reserved, in runs
    /// @param certificates issued: one for each hour with a watt-hour
    /// @param findings of the checks that an operator has to look at
    record GranularIssuanceView(
            UUID id,
            UUID project,
            UUID device,
            GranularIssuance.State state,
            List<Period> hours,
            UnitClass unitClass,
            AssuranceTier tier,
            int certificates,
            Energy energy,
            List<OpenFinding> findings) {

        static GranularIssuanceView of(
                GranularIssuance issuance,
                int certificates,
                Energy energy,
                List<OpenFinding> findings) {
            return new GranularIssuanceView(
                    issuance.id(),
                    issuance.project(),
                    issuance.device().value(),
                    issuance.state(),
                    issuance.hours(),
                    issuance.unitClass(),
                    issuance.tier(),
                    certificates,
                    energy,
                    findings);
        }
    }

    record OpenFinding(
            String check, String outcome, Map<String, String> inputs, String threshold) {}
}
