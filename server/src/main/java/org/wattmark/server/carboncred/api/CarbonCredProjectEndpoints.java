package org.wattmark.server.carboncred.api;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.net.URI;
import java.time.DateTimeException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.registry.Project;
import org.wattmark.server.carboncred.api.DeclaredReductions.Declared;
import org.wattmark.server.carboncred.api.DeclaredReductions.Quarter;
import org.wattmark.server.carboncred.api.DeclaredReductions.Totals;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.DeclaredReduction;
import tools.jackson.databind.annotation.JsonDeserialize;
import tools.jackson.databind.json.JsonMapper;

/// Projects of a quarter, and what their proponents say that they reduced. It waits for a verifier;
/// of class TEST it may pass by the demo policy.
@RestController
@Tag(name = "CarbonCred")
class CarbonCredProjectEndpoints {

    private static final int MAX_WORDS = 100;
    private static final int MAX_DESCRIPTION = 2_000;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final DeclaredReductions reductions;
    private final GridFactors factors;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    CarbonCredProjectEndpoints(
            DeclaredReductions reductions,
            GridFactors factors,
            JdbcClient jdbc,
            InstantSource clock) {
        this.reductions = reductions;
        this.factors = factors;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Registers a project for a calendar quarter.
    @PostMapping("/api/projects/")
    ResponseEntity<CreatedProject> create(
            @RequestBody DeclaredProjectBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        var invalid = new Invalid();
        var title = invalid.text("title", body.title(), Project.MAX_TITLE);
        var type = invalid.text("submission_type", body.submissionType(), MAX_WORDS);
        var methodology = invalid.text("methodology", body.methodology(), MAX_WORDS);
        var description =
                body.description() == null || body.description().isBlank()
                        ? ""
                        : invalid.text("description", body.description(), MAX_DESCRIPTION);
        int year = CarbonCredEmissionEndpoints.checkedYear(invalid, body.year(), today);
        int quarter = CarbonCredEmissionEndpoints.checkedQuarter(invalid, body.quarter());
        var zone = zone(invalid, body.zone());
        var region = region(invalid, body.region(), actor);
        invalid.refuse();
        Whom.require("user", body.user(), actor);
        var id = key == null ? UUID.randomUUID() : ChosenId.of(null, key, actor);
        var registered =
                reductions.register(
                        actor,
                        id,
                        new Quarter(
                                title,
                                region,
                                zone,
                                year,
                                quarter,
                                type,
                                methodology,
                                description));
        return ResponseEntity.created(URI.create("/api/v1/public/projects/" + id))
                .body(
                        new CreatedProject(
                                "Project created",
                                registered.number(),
                                id,
                                DeclaredReduction.ID.toString(),
                                region,
                                zone.getId()));
    }

    private static ZoneId zone(Invalid invalid, @Nullable String zone) {
        if (zone == null) {
            return ZoneId.of("UTC");
        }
        try {
            return ZoneId.of(zone);
        } catch (DateTimeException e) {
            invalid.add("zone", "Not an IANA time zone; give one such as Europe/London.");
            return ZoneId.of("UTC");
        }
    }

    /// The one that is named, else the organisation's country; what is not known is asked.
    private String region(Invalid invalid, @Nullable String named, Actor actor) {
        var code =
                named == null
                        ? jdbc.sql("select country from organisation where id = :id")
                                .param("id", actor.organisation())
                                .query(String.class)
                                .single()
                        : named;
        return factors.region(code)
                .filter(region -> region.extent() == Region.Extent.TERRITORY)
                .map(Region::code)
                .orElseGet(() -> {
                    invalid.add(
                            "region",
                            "No factors are known for " + code + "; give an ISO 3166-1 code.");
                    return "";
                });
    }

    /// @param user your own id, or nothing
    /// @param submissionType in your words, such as `solar`; it is kept
    /// @param methodology in your words; what counts is Wattmark's declared reduction
    /// @param region ISO 3166-1 code; your organisation's country if absent
    /// @param zone IANA time zone that the quarter is counted in; UTC if absent
    record DeclaredProjectBody(
            @JsonDeserialize(using = Lenient.Name.class) @Nullable String user,
            @Nullable String submissionType,
            @Nullable String methodology,
            @Nullable String title,
            @Nullable String description,
            @JsonDeserialize(using = Lenient.Whole.class) @Nullable Integer year,
            @JsonDeserialize(using = Lenient.Whole.class) @Nullable Integer quarter,
            @Nullable String region,
            @Nullable String zone) {}

    /// @param project its id under `/api/v1`
    record CreatedProject(
            String message,
            long projectId,
            UUID project,
            String methodology,
            String region,
            String zone) {}

    /// Claims what a project reduced. By sending it you declare that nobody claims the same in any
    /// other scheme.
    @PostMapping("/api/reduction-data/")
    ResponseEntity<ReductionView> reduce(@RequestBody ReductionBody body, Actor actor) {
        var totals = body.totals();
        int number = body.project() == null ? 0 : body.project();
        var project =
                reductions
                        .find(actor, number)
                        .orElseThrow(() ->
                                Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "project_unknown",
                                                "Your organisation has no project "
                                                        + number
                                                        + " of /api/projects/.")
                                        .asException());
        var declared =
                reductions.declare(actor, project, totals, JSON.writeValueAsString(body.said()));
        if (declared.state() == ClaimState.REFUSED) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "claim_refused",
                            "A check refused it; GET /api/v1/claims/"
                                    + declared.claim()
                                    + " says which, and why.")
                    .asException();
        }
        return ResponseEntity.created(URI.create("/api/v1/claims/" + declared.claim()))
                .body(ReductionView.of(declared));
    }

    /// @param project the `project_id` of `/api/projects/`
    /// @param annualGenerationKwh of the whole year; the quarter's part of it counts, by days
    /// @param baselineEnergyKwh used in such a quarter before the project
    /// @param postProjectEnergyKwh used in this quarter; 0 is a saving of all of it
    record ReductionBody(
            @JsonDeserialize(using = Lenient.Whole.class) @Nullable Integer project,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal solarCapacityKw,
            @JsonDeserialize(using = Lenient.Decimal.class)
                    @Nullable BigDecimal annualGenerationKwh,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal baselineEnergyKwh,
            @JsonDeserialize(using = Lenient.Decimal.class)
                    @Nullable BigDecimal postProjectEnergyKwh,
            @JsonDeserialize(using = Lenient.Decimal.class) @Nullable BigDecimal wasteRecycledKg) {

        Map<String, BigDecimal> said() {
            var said = new LinkedHashMap<String, BigDecimal>();
            put(said, "solar_capacity_kw", solarCapacityKw);
            put(said, "annual_generation_kwh", annualGenerationKwh);
            put(said, "baseline_energy_kwh", baselineEnergyKwh);
            put(said, "post_project_energy_kwh", postProjectEnergyKwh);
            put(said, "waste_recycled_kg", wasteRecycledKg);
            return said;
        }

        private static void put(
                Map<String, BigDecimal> said, String field, @Nullable BigDecimal amount) {
            if (amount != null) {
                said.put(field, amount);
            }
        }

        Totals totals() {
            var invalid = new Invalid();
            invalid.require("project", project, 0);
            said().forEach((field, amount) ->
                    CarbonCredEmissionEndpoints.checkAmount(invalid, field, amount));
            together(invalid, "solar_capacity_kw", solarCapacityKw, annualGenerationKwh);
            together(invalid, "annual_generation_kwh", annualGenerationKwh, solarCapacityKw);
            together(invalid, "baseline_energy_kwh", baselineEnergyKwh, postProjectEnergyKwh);
            together(invalid, "post_project_energy_kwh", postProjectEnergyKwh, baselineEnergyKwh);
            if (solarCapacityKw != null && solarCapacityKw.signum() == 0) {
                invalid.add("solar_capacity_kw", "Ensure this value is greater than 0.");
            }
            if (baselineEnergyKwh != null
                    && postProjectEnergyKwh != null
                    && postProjectEnergyKwh.compareTo(baselineEnergyKwh) > 0) {
                invalid.add(
                        "post_project_energy_kwh", "More than the baseline: nothing was saved.");
            }
            if (said().isEmpty()) {
                invalid.add("", "Declare generation, energy before and after, or recycled waste.");
            }
            invalid.refuse();
            return new Totals(
                    Optional.ofNullable(solarCapacityKw),
                    Optional.ofNullable(annualGenerationKwh),
                    Optional.ofNullable(baselineEnergyKwh),
                    Optional.ofNullable(postProjectEnergyKwh),
                    Optional.ofNullable(wasteRecycledKg));
        }

        private static void together(
                Invalid invalid,
                String field,
                @Nullable BigDecimal one,
                @Nullable BigDecimal other) {
            if (one == null && other != null) {
                invalid.add(field, Invalid.REQUIRED);
            }
        }
    }

    /// @param reductionKg what the methodology makes of it, exact to the gram
    /// @param state of the claim: NEEDS_REVIEW waits for a verifier
    /// @param issuedKg what your organisation received: the reduction less the buffer
    /// @param offeredKg what of it is on the marketplace
    record ReductionView(
            String message,
            BigDecimal reductionKg,
            UUID claim,
            ClaimState state,
            BigDecimal issuedKg,
            BigDecimal offeredKg) {

        static ReductionView of(Declared declared) {
            var message =
                    declared.state() == ClaimState.ISSUED
                            ? "Let pass by the demo policy: credits of class TEST were issued"
                            : "Submitted: it waits for a verifier of another organisation";
            return new ReductionView(
                    message,
                    Shelf.kilograms(declared.reduction().grams()),
                    declared.claim(),
                    declared.state(),
                    Shelf.kilograms(declared.issued().grams()),
                    Shelf.kilograms(declared.offered().grams()));
        }
    }
}
