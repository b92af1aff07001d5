package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.CreditingChoice;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Source;
import org.wattmark.server.problem.Problem;

/// Emission factors of the grids, with their sources, for anybody.
@RestController
@Tag(name = "Emission factors")
class FactorEndpoints {

    private final GridFactors factors;

    FactorEndpoints(GridFactors factors) {
        this.factors = factors;
    }

    /// All factors of a region, and which of them solar credits use: the lower of the combined
    /// margin and the current average.
    @GetMapping("/api/v1/factors/{region}")
    ResponseEntity<?> factors(@PathVariable String region) {
        var found = factors.region(region);
        if (found.isEmpty()) {
            return Problem.of(
                            HttpStatus.NOT_FOUND,
                            "region_unknown",
                            "No region has the code "
                                    + region
                                    + "; there is no global default. Give an ISO 3166-1 code.")
                    .answer();
        }
        var choice = factors.forSolarCredits(region);
        return ResponseEntity.ok(
                new RegionFactors(
                        found.get().code(),
                        found.get().name(),
                        factors.set().toString(),
                        choice.chosen().map(EmissionFactor::id).orElse(null),
                        choice instanceof CreditingChoice.Refused(var reason)
                                ? reason.name()
                                : null,
                        factors.factorsOf(found.get()).stream().map(Factor::of).toList()));
    }

    /// @param creditedBy the id of the factor that solar credits use by default
    /// @param refused why there is none
    record RegionFactors(
            String region,
            String name,
            String factorSet,
            @Nullable String creditedBy,
            @Nullable String refused,
            List<Factor> factors) {}

    /// @param gramsPerKilowattHour exact, as text
    record Factor(
            String id,
            String kind,
            String gramsPerKilowattHour,
            int year,
            String gases,
            String boundary,
            Source source) {

        static Factor of(EmissionFactor factor) {
            return new Factor(
                    factor.id(),
                    factor.kind().name(),
                    factor.gramsPerKilowattHour().toPlainString(),
                    factor.year().getValue(),
                    factor.gases().name(),
                    factor.boundary().name(),
                    factor.source());
        }
    }
}
