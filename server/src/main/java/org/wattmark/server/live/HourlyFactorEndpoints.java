package org.wattmark.server.live;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactorSet;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.HourlyGridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.HourlyFactorSets;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Refusals;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Hourly factors of grids, which solar claims are quantified by where they are known: two
/// operators load them.
@RestController
@Tag(name = "Emission factors")
class HourlyFactorEndpoints {

    private static final int LONGEST_SOURCE = 200;

    private final HourlyFactorSets sets;
    private final GridFactors grids;

    HourlyFactorEndpoints(HourlyFactorSets sets, GridFactors grids) {
        this.sets = sets;
        this.grids = grids;
    }

    /// Proposes a table as a CSV file, whole or not at all. The header names a column
    /// `datetime_utc` and one of grams CO₂e for a kilowatt-hour; an hour that is missing is
    /// unknown.
    ///
    /// @param name of the table, such as `electricity-maps-es`
    /// @param version from 1; a table never changes, another is another version
    /// @param region an ISO 3166-1 code
    /// @param source who published it, and under which licence
    /// @param column with the grams
    @PutMapping(path = "/api/v1/hourly-factors/{id}", consumes = "text/csv")
    ResponseEntity<HourlySetView> propose(
            Actor actor,
            @PathVariable UUID id,
            @RequestParam String name,
            @RequestParam int version,
            @RequestParam String region,
            @RequestParam EmissionFactor.Gases gases,
            @RequestParam EmissionFactor.Boundary boundary,
            @RequestParam String source,
            @RequestParam(defaultValue = "gco2_kwh_lca") String column,
            InputStream csv)
            throws IOException {
        actor.require(Role.OPERATOR);
        actor.requirePerson("loads factors");
        var set = set(name, version);
        if (source.isBlank() || source.length() > LONGEST_SOURCE) {
            throw Refusals.invalid("?source", "has 1 to " + LONGEST_SOURCE + " characters");
        }
        var factors =
                new HourlyGridFactors(
                        set,
                        region(region),
                        gases,
                        boundary,
                        HourlyFactorSets.source(source.strip(), set),
                        new TreeMap<>(hours(csv, column)));
        boolean isNew = sets.propose(id, factors, Organisations.personOf(actor));
        var known =
                sets.find(id)
                        .filter(each ->
                                HourlySetView.digest(each.factors())
                                        .equals(HourlySetView.digest(factors)))
                        .orElseThrow(() ->
                                Problem.of(
                                                HttpStatus.CONFLICT,
                                                "id_stands_for_another",
                                                "This id, or "
                                                        + set
                                                        + ", stands for another table. Choose a new"
                                                        + " id and the next version.")
                                        .asException());
        return ResponseEntity.status(isNew ? HttpStatus.CREATED : HttpStatus.OK)
                .body(HourlySetView.of(known));
    }

    private static EmissionFactorSet set(String name, int version) {
        try {
            return new EmissionFactorSet(name, version);
        } catch (IllegalArgumentException e) {
            throw Refusals.invalid(
                    "?name", "is of a-z, 0-9 and '-', 2 to 40, and its version is 1 or more");
        }
    }

    private Region region(String code) {
        return grids.region(code)
                .filter(it -> it.extent() == Region.Extent.TERRITORY)
                .orElseThrow(
                        () -> Refusals.invalid("?region", "is no country that is known: " + code));
    }

    private static Map<Instant, BigDecimal> hours(InputStream csv, String column)
            throws IOException {
        return switch (IntensityFile.read(csv, column)) {
            case IntensityFile.Parsed(var hours) -> hours;
            case IntensityFile.Refused(var faults) -> {
                var problem =
                        Problem.of(
                                HttpStatus.UNPROCESSABLE_CONTENT,
                                "file_refused",
                                "Nothing was loaded.");
                for (var fault : faults) {
                    problem = problem.at("/line/" + fault.line(), fault.remedy());
                }
                throw problem.asException();
            }
        };
    }

    /// Approves a table, as another person than who proposed it. Claims that are assessed from now
    /// on are quantified by it.
    @PostMapping("/api/v1/hourly-factors/{id}/approvals")
    ResponseEntity<HourlySetView> approve(Actor actor, @PathVariable UUID id) {
        actor.require(Role.OPERATOR);
        actor.requirePerson("approves factors");
        var known = sets.find(id).orElseThrow(() -> unknown(id));
        var person = Organisations.personOf(actor);
        if (!sets.approve(id, person) && !person.equals(known.approvedBy())) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            known.approvedBy() == null ? "proposer_decides" : "already_decided",
                            known.approvedBy() == null
                                    ? "Who proposed a table does not approve it."
                                    : "It was approved already.")
                    .asException();
        }
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(HourlySetView.of(sets.find(id).orElseThrow()));
    }

    private static RuntimeException unknown(UUID id) {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        "factors_unknown",
                        "No table of hourly factors has the id " + id + ".")
                .asException();
    }

    /// Which tables there are.
    @GetMapping("/api/v1/hourly-factors")
    HourlySets all() {
        return new HourlySets(sets.all().stream().map(HourlySetView::of).toList());
    }

    record HourlySets(List<HourlySetView> data) {}

    /// @param sha256 by which statements name it
    /// @param hours how many it tells of
    /// @param approved whether claims are quantified by it
    record HourlySetView(
            UUID id,
            String set,
            String region,
            EmissionFactor.Gases gases,
            EmissionFactor.Boundary boundary,
            String source,
            String sha256,
            Instant from,
            Instant lastHour,
            int hours,
            boolean approved) {

        static HourlySetView of(HourlyFactorSets.Loaded loaded) {
            var factors = loaded.factors();
            var hours = factors.gramsPerKilowattHour();
            return new HourlySetView(
                    loaded.id(),
                    factors.set().toString(),
                    factors.region().code(),
                    factors.gases(),
                    factors.boundary(),
                    factors.source().document(),
                    digest(factors),
                    hours.firstKey(),
                    hours.lastKey(),
                    hours.size(),
                    loaded.approvedBy() != null);
        }

        static String digest(HourlyGridFactors factors) {
            return HexFormat.of().formatHex(factors.sha256());
        }
    }
}
