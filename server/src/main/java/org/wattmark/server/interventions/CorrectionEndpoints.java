package org.wattmark.server.interventions;

import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.UNPROCESSABLE_CONTENT;
import static org.wattmark.server.problem.Problem.refusal;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
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
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.CorrectClaim;
import org.wattmark.registry.Correcting;
import org.wattmark.registry.Correction;
import org.wattmark.registry.CorrectionEntry;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Restatements;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// Corrections: what became known of a monitoring period after it was closed.
@RestController
@Tag(name = "Corrections")
class CorrectionEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Restatements restatements;

    CorrectionEndpoints(Sequencer sequencer, JdbcClient jdbc, Restatements restatements) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.restatements = restatements;
    }

    /// Restates the data of a claim of yours that was issued. More than was stated is recorded and
    /// never issued; what was issued and is no longer backed comes out of the buffer, or is owed.
    @PostMapping("/api/v1/claims/{claim}/corrections")
    ResponseEntity<?> correct(
            @PathVariable UUID claim,
            @RequestBody CorrectionBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("corrects claims");
        var restated = restatements.of(claim, body.data(), actor);
        var command =
                new CorrectClaim(
                        ChosenId.of(body.id(), key, actor),
                        restated.actor(),
                        restated.claim(),
                        restated.data(),
                        restated.net(),
                        InterventionBodies.reason(body.reason()));
        return switch (sequencer.apply(command)) {
            case Correcting.Corrected(var correction, var lost, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Corrected(correction.id(), lines(correction), lost, receipt));
            case Correcting.Refused(var reason) -> refused(reason);
        };
    }

    private static ResponseEntity<?> refused(Correcting.Reason reason) {
        return switch (reason) {
            case ID_STANDS_FOR_ANOTHER ->
                    refusal(
                            CONFLICT,
                            reason,
                            "This id was used before with another content. Choose a new id.");
            case CLAIM_UNKNOWN -> refusal(NOT_FOUND, reason, "No claim has this id.");
            case ROLE_MAY_NOT, NOT_YOUR_CLAIM ->
                    refusal(FORBIDDEN, reason, "The claim's proponent corrects it.");
            case NOT_REPORTED ->
                    refusal(
                            UNPROCESSABLE_CONTENT,
                            reason,
                            "Metered energy is corrected by readings that come late. If less was"
                                    + " generated than was issued, tell the registry's operator.");
            case NOT_ISSUED ->
                    refusal(
                            CONFLICT,
                            reason,
                            "Nothing was issued for it yet: withdraw it, or let it be refused.");
            case NOTHING_CORRECTED ->
                    refusal(UNPROCESSABLE_CONTENT, reason, "The figures are the same.");
        };
    }

    /// The corrections of a claim, the first one first.
    @GetMapping("/api/v1/claims/{claim}/corrections")
    Page<CorrectionView> corrections(
            @PathVariable UUID claim,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        restatements.requireSight(claim, actor);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                CorrectionTable.SELECT
                                        + " where claim_id = :claim and sequence > :after"
                                        + " order by sequence limit :limit")
                        .param("claim", claim)
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) -> CorrectionTable.read(row))
                        .list()
                        .stream()
                        .map(CorrectionView::of)
                        .toList(),
                view -> String.valueOf(view.sequence()));
    }

    private static List<LineView> lines(Correction correction) {
        return correction.lines().stream()
                .map(line -> new LineView(line.vintage().getValue(), line.before(), line.after()))
                .toList();
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param data what the claim should have said, whole, as when a claim is submitted
    /// @param reason public if anything was lost, for good: name no person
    record CorrectionBody(@Nullable UUID id, Map<String, Object> data, String reason) {}

    /// @param lost issued and no longer backed; `GET /api/v1/public/reversals` says what covers it
    record Corrected(UUID id, List<LineView> lines, Co2e lost, Receipt receipt) {}

    record LineView(int vintage, Co2e before, Co2e after) {}

    /// @param evidence SHA-256 of the late batch or of the restated data
    /// @param late energy that came after the period was closed, and is not claimed
    record CorrectionView(
            UUID id,
            long sequence,
            Instant at,
            Correction.Cause cause,
            String evidence,
            Energy late,
            List<LineView> lines,
            String reason) {

        static CorrectionView of(CorrectionEntry entry) {
            var correction = entry.correction();
            return new CorrectionView(
                    correction.id(),
                    entry.sequence(),
                    entry.at(),
                    correction.cause(),
                    correction.evidence().hex(),
                    correction.late(),
                    CorrectionEndpoints.lines(correction),
                    correction.reason());
        }
    }
}
