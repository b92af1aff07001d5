package org.wattmark.server.live;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.emissions.GridFactors;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Takes in how much a grid emits hour by hour. It values what is shown live and nothing else:
/// credits go by the factors that a methodology names.
@RestController
@Tag(name = "Live")
class IntensityEndpoints {

    private final HourlyIntensities intensities;
    private final GridFactors factors;

    IntensityEndpoints(HourlyIntensities intensities, GridFactors factors) {
        this.intensities = intensities;
        this.factors = factors;
    }

    /// @param added hours that were not known
    /// @param replaced hours that had another value or source
    /// @param unchanged hours that were known as they are
    record Loaded(String region, int added, int replaced, int unchanged) {}

    /// Loads a CSV file whole or not at all. The header names a column `datetime_utc` (`2022-01-01
    /// 00:00:00` or RFC 3339) and one of grams CO₂e for a kilowatt-hour.
    ///
    /// @param region an ISO 3166-1 code
    /// @param source who published it, and under which licence
    /// @param column with the grams
    @PutMapping(path = "/api/v1/grid-intensities/{region}", consumes = "text/csv")
    Loaded load(
            Actor actor,
            @PathVariable String region,
            @RequestParam String source,
            @RequestParam(defaultValue = "gco2_kwh_direct") String column,
            InputStream csv)
            throws IOException {
        actor.require(Role.OPERATOR);
        var known =
                factors.region(region)
                        .flatMap(it -> it.alpha2())
                        .orElseThrow(() ->
                                Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "region_unknown",
                                                "No country has the code " + region + ".")
                                        .asException());
        if (source.isBlank() || source.length() > 200) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "invalid_value",
                            "source says who published the file, in 1 to 200 characters.")
                    .asException();
        }
        return switch (IntensityFile.read(csv, column)) {
            case IntensityFile.Refused(var faults) -> throw refused(faults).asException();
            case IntensityFile.Parsed(var hours) ->
                    intensities.load(known, hours, column + ", " + source.strip());
        };
    }

    private static Problem refused(List<IntensityFile.Fault> faults) {
        var problem =
                Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, "file_refused", "Nothing was loaded.");
        for (var fault : faults) {
            problem = problem.at("/line/" + fault.line(), fault.remedy());
        }
        return problem;
    }
}
