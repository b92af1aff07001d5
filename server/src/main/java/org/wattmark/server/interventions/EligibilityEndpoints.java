package org.wattmark.server.interventions;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.registry.Eligibility;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.ProgrammeGaps;

/// What programmes outside ask for, what was recorded of it, and what is missing. It never says
/// that a unit is eligible.
@RestController
@Tag(name = "Eligibility")
class EligibilityEndpoints {

    private static final String NOTICE =
            "These are fields that were recorded, and gaps. Wattmark units are not eligible under"
                    + " CORSIA and carry no label of the Integrity Council: that those decide.";

    private final JdbcClient jdbc;

    EligibilityEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What other schemes would ask of a project, and what of it is missing.
    @GetMapping("/api/v1/public/projects/{id}/eligibility")
    EligibilityView ofProject(@PathVariable("id") UUID project) {
        return jdbc.sql("select id from project where id = :id")
                .param("id", project)
                .query(UUID.class)
                .optional()
                .map(id -> view(id, null, null))
                .orElseThrow(() -> unknown("project_unknown", "No project has the id " + project));
    }

    /// The project's, and whether the block's vintage fits.
    @GetMapping("/api/v1/public/credit-blocks/{id}/eligibility")
    EligibilityView ofBlock(@PathVariable("id") UUID block) {
        return jdbc.sql("select project_id, vintage from credit_block where id = :id")
                .param("id", block)
                .query((row, _) ->
                        Map.entry(
                                row.getObject("project_id", UUID.class),
                                Year.of(row.getInt("vintage"))))
                .optional()
                .map(found -> view(found.getKey(), block, found.getValue()))
                .orElseThrow(() -> unknown("block_unknown", "No credit block has the id " + block));
    }

    private static RuntimeException unknown(String code, String detail) {
        return Problem.of(HttpStatus.NOT_FOUND, code, detail + ".").asException();
    }

    private EligibilityView view(UUID project, @Nullable UUID block, @Nullable Year vintage) {
        var recorded = ProgrammeGaps.recorded(jdbc, project);
        return new EligibilityView(
                project,
                block,
                Fields.of(recorded),
                recorded.gaps(Optional.ofNullable(vintage)).stream().map(Missing::of).toList(),
                NOTICE);
    }

    record EligibilityView(
            UUID project,
            @Nullable UUID block,
            Fields recorded,
            List<Missing> missing,
            String notice) {}

    record Missing(Eligibility.Programme programme, Eligibility.Gap gap) {

        static Missing of(Eligibility.Gap gap) {
            return new Missing(gap.programme(), gap);
        }
    }

    record Fields(
            @Nullable String letterOfAuthorisation,
            Eligibility.CorrespondingAdjustment correspondingAdjustment,
            @Nullable LocalDate firstCreditingStart,
            @Nullable String ccpCategory) {

        static Fields of(Eligibility eligibility) {
            return new Fields(
                    eligibility.letterOfAuthorisation().orElse(null),
                    eligibility.correspondingAdjustment(),
                    eligibility.firstCreditingStart().orElse(null),
                    eligibility.ccpCategory().orElse(null));
        }
    }
}
