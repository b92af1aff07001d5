package org.wattmark.server.carboncred.api;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.ListCredits;
import org.wattmark.market.Offering;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.Project;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registration;
import org.wattmark.server.accounts.Evidence;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.ReportedClaims;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.units.Price;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.DeclaredReduction;
import org.wattmark.verification.DeclaredTotals;
import org.wattmark.verification.Document;
import org.wattmark.verification.Leakage;
import org.wattmark.verification.Reported;
import org.wattmark.verification.UnitClass;

/// Projects and reductions that are declared in totals: registered, claimed, and, where the policy
/// lets class TEST pass, issued and offered in the same request.
final class DeclaredReductions {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final Evidence evidence;
    private final ReportedClaims claims;
    private final Price testPrice;

    /// @param testPrice at which credits of class TEST are offered by themselves
    DeclaredReductions(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            Evidence evidence,
            ReportedClaims claims,
            Price testPrice) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.evidence = evidence;
        this.claims = claims;
        this.testPrice = testPrice;
    }

    /// A quarter in which a project reduces emissions, in its client's words.
    ///
    /// @param region ISO 3166-1 alpha-3
    record Quarter(
            String title,
            String region,
            ZoneId zone,
            int year,
            int quarter,
            String submissionType,
            String methodology,
            String description) {

        Period period() {
            var start = LocalDate.of(year, 3 * quarter - 2, 1);
            return new Period(
                    start.atStartOfDay(zone).toInstant(),
                    start.plusMonths(3).atStartOfDay(zone).toInstant());
        }
    }

    /// @param number by which CarbonCred's clients name it
    record Registered(UUID id, long number) {}

    /// The id follows from what it is, so that sending it again is the same project.
    Registered register(Actor actor, UUID id, Quarter quarter) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        var project =
                new Project(
                        id,
                        acting.organisation(),
                        quarter.title(),
                        quarter.region(),
                        quarter.zone().getId(),
                        DeclaredReduction.ID,
                        organisations.classOf(actor.organisation()));
        if (sequencer.apply(new RegisterProject(acting, project))
                instanceof Registration.Refused(var reason)) {
            throw CreditRefusals.of(reason);
        }
        jdbc.sql(
                        """
                        insert into declared_project (project_id, year, quarter, submission_type,
                            methodology, description)
                        values (:id, :year, :quarter, :type, :methodology, :description)
                        on conflict do nothing
                        """)
                .param("id", id)
                .param("year", quarter.year())
                .param("quarter", quarter.quarter())
                .param("type", quarter.submissionType())
                .param("methodology", quarter.methodology())
                .param("description", quarter.description())
                .update();
        return new Registered(
                id,
                jdbc.sql("select number from project where id = :id")
                        .param("id", id)
                        .query(Long.class)
                        .single());
    }

    /// A project of the organisation's that was registered here.
    record Known(UUID id, Quarter quarter) {}

    Optional<Known> find(Actor actor, long number) {
        return jdbc.sql(
                        """
                        select id, title, region, zone, year, quarter, submission_type,
                            declared_project.methodology, description
                        from project join declared_project on project_id = id
                        where number = :number and proponent_id = :organisation
                        """)
                .param("number", number)
                .param("organisation", actor.organisation())
                .query(DeclaredReductions::known)
                .optional();
    }

    private static Known known(ResultSet row, int unused) throws SQLException {
        return new Known(
                row.getObject("id", UUID.class),
                new Quarter(
                        row.getString("title"),
                        row.getString("region"),
                        ZoneId.of(row.getString("zone")),
                        row.getInt("year"),
                        row.getInt("quarter"),
                        row.getString("submission_type"),
                        row.getString("methodology"),
                        row.getString("description")));
    }

    /// What is declared of a quarter.
    record Totals(
            Optional<BigDecimal> solarCapacityKw,
            Optional<BigDecimal> annualGenerationKwh,
            Optional<BigDecimal> baselineEnergyKwh,
            Optional<BigDecimal> postProjectEnergyKwh,
            Optional<BigDecimal> wasteRecycledKg) {}

    /// @param reduction what the methodology makes of it, and a verifier may still refuse
    /// @param issued what the holder got; nothing while it waits
    /// @param offered what of it was put on the marketplace
    record Declared(UUID claim, ClaimState state, Co2e reduction, Co2e issued, Co2e offered) {}

    Declared declare(Actor actor, Known project, Totals totals, String document) {
        var content = document.getBytes(StandardCharsets.UTF_8);
        var hash = Sha256.of(content);
        evidence.store(
                actor.organisation(),
                hash.bytes(),
                new Evidence.File("reduction-data.json", "application/json", Bytes.of(content)),
                actor.id());
        var data = data(project.quarter(), totals, hash);
        var id =
                Canonical.of("wattmark/carboncred-claim/v1")
                        .id(project.id())
                        .bytes(data.content())
                        .derivedId();
        var outcome =
                claims.submit(actor, id, project.id(), project.quarter().period(), data, true);
        return switch (outcome) {
            case ReportedClaims.Outcome.Refused(var reason, var explanation) ->
                    throw CreditRefusals.of(reason, explanation);
            case ReportedClaims.Outcome.Submitted(var record, var _) -> {
                var reduction = record.statement().map(it -> it.net()).orElse(Co2e.ZERO);
                var state = record.claimCase().state();
                yield state == ClaimState.APPROVED || state == ClaimState.ISSUED
                        ? issue(actor, id, reduction)
                        : new Declared(id, state, reduction, Co2e.ZERO, Co2e.ZERO);
            }
        };
    }

    private static DeclaredTotals data(Quarter quarter, Totals totals, Sha256 document) {
        return new DeclaredTotals(
                new Reported(
                        quarter.region(),
                        List.of(new Document(Document.Kind.OTHER, document)),
                        Leakage.none("None was declared.")),
                totals.solarCapacityKw(),
                totals.annualGenerationKwh(),
                totals.baselineEnergyKwh(),
                totals.postProjectEnergyKwh(),
                totals.wasteRecycledKg());
    }

    /// Each step has an id that follows from the claim's, so whoever was cut off comes again.
    private Declared issue(Actor actor, UUID claim, Co2e reduction) {
        var acting = organisations.acting(actor, Role.PROPONENT);
        var command =
                new IssueCredits(
                        derived("issue", claim, 0),
                        acting,
                        new org.wattmark.attributes.ClaimId(claim));
        return switch (sequencer.apply(command)) {
            case Issuance.Refused(var reason) -> throw CreditRefusals.of(reason);
            case Issuance.Issued(var blocks, var _) -> {
                long issued = 0;
                long offered = 0;
                for (int i = 0; i < blocks.size(); i++) {
                    issued = Math.addExact(issued, blocks.get(i).credited().grams());
                    offered = Math.addExact(offered, offer(actor, claim, i, blocks.get(i)));
                }
                yield new Declared(
                        claim, ClaimState.ISSUED, reduction, new Co2e(issued), new Co2e(offered));
            }
        };
    }

    /// Whole kilograms of class TEST are offered; nobody's real credits are sold unasked.
    private long offer(Actor actor, UUID claim, int number, CreditBlock block) {
        long kilograms = block.credited().grams() / BuyCredit.KILOGRAM.grams();
        if (block.unitClass() != UnitClass.TEST || kilograms == 0) {
            return 0;
        }
        var quantity = Co2e.ofKilograms(kilograms);
        var listing =
                new ListCredits(
                        derived("list", claim, number),
                        organisations.accountOf(actor),
                        block.id(),
                        quantity,
                        testPrice);
        return sequencer.apply(listing) instanceof Offering.Listed ? quantity.grams() : 0;
    }

    private static UUID derived(String step, UUID claim, int number) {
        return Canonical.of("wattmark/carboncred-" + step + "/v1")
                .id(claim)
                .number(number)
                .derivedId();
    }
}
