package org.wattmark.server.interventions;

import io.swagger.v3.oas.annotations.tags.Tag;
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
import org.wattmark.registry.CoverReversal;
import org.wattmark.registry.Covering;
import org.wattmark.registry.Reversal;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.interventions.InterventionBodies.GramsBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// Reductions that were lost, and what stands in for them.
@RestController
@Tag(name = "Reversals")
class ReversalEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StepLimits limits;

    ReversalEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.limits = limits;
    }

    /// Cancels units of your own for what was lost beyond the buffer. Until all of it is made good,
    /// nothing more is issued to you.
    @PostMapping("/api/v1/reversals/{id}/coverings")
    ResponseEntity<?> cover(
            @PathVariable("id") UUID reversal,
            @RequestBody CoveringBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var command =
                new CoverReversal(
                        ChosenId.of(body.id(), key, actor),
                        organisations.accountOf(actor),
                        reversal,
                        body.block(),
                        body.quantity().at("/quantity"));
        limits.require(actor, command.quantity().grams(), 0);
        return switch (sequencer.apply(command)) {
            case Covering.Covered(var covered, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Covered(command.id(), ReversalView.of(covered), receipt));
            case Covering.Refused(var reason) -> InterventionRefusals.of(reason);
        };
    }

    /// All reversals, for everybody.
    @GetMapping("/api/v1/public/reversals")
    Page<ReversalView> reversals(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(ReversalTable.SELECT + " where id > :after order by id limit :limit")
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> ReversalTable.read(row))
                        .list()
                        .stream()
                        .map(ReversalView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param block whose units are cancelled; any of the same class that lacks nothing itself, or
    ///   the block whose reductions were lost
    record CoveringBody(@Nullable UUID id, UUID block, GramsBody quantity) {}

    /// @param id of the intervention
    /// @param drawn cancelled of the buffer
    /// @param owed beyond it, by the proponent
    /// @param left of that to make good
    record ReversalView(
            UUID id,
            UUID block,
            UUID project,
            UUID proponent,
            UnitClass unitClass,
            Co2e lost,
            Co2e drawn,
            Co2e owed,
            Co2e left) {

        static ReversalView of(Reversal reversal) {
            return new ReversalView(
                    reversal.id(),
                    reversal.block(),
                    reversal.project(),
                    reversal.proponent(),
                    reversal.unitClass(),
                    reversal.lost(),
                    reversal.drawn(),
                    reversal.owed(),
                    reversal.left());
        }
    }

    record Covered(UUID id, ReversalView reversal, Receipt receipt) {}
}
