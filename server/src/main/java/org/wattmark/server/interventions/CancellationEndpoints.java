package org.wattmark.server.interventions;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.CancelCredits;
import org.wattmark.registry.Cancellation;
import org.wattmark.registry.UnitsCancelled;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.interventions.InterventionBodies.GramsBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Refusals;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;

/// Units that are removed without a claim: nobody has used them, and nobody ever will.
@RestController
@Tag(name = "Cancellations")
class CancellationEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StepLimits limits;

    CancellationEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.limits = limits;
    }

    /// Cancels units of your own. It cannot be undone, and nothing may be claimed for it.
    @PostMapping("/api/v1/cancellations")
    ResponseEntity<?> cancel(
            @RequestBody CancellationBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var request =
                body.toRequest(ChosenId.of(body.id(), key, actor), organisations.accountOf(actor));
        limits.require(actor, request.quantity().grams(), 0);
        return switch (sequencer.apply(request)) { // one batch, one commit, then this answer
            case Cancellation.Cancelled(var units, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Cancelled(CancellationView.of(units), receipt));
            case Cancellation.Refused(var reason) -> InterventionRefusals.of(reason);
        };
    }

    /// What was cancelled of your organisation's units, by itself or by the registry.
    @GetMapping("/api/v1/cancellations")
    Page<Listed> own(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        return listed(
                Page.Request.of(cursor, limit), organisations.accountOf(actor).value(), null, null);
    }

    /// All cancellations, for everybody, in the order of the journal: which units of which account.
    ///
    /// @param under of one intervention or reversal
    /// @param block of one credit block
    @GetMapping("/api/v1/public/cancellations")
    Page<Listed> all(
            @RequestParam(required = false) @Nullable UUID under,
            @RequestParam(required = false) @Nullable UUID block,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        return listed(Page.Request.of(cursor, limit), null, under, block);
    }

    private Page<Listed> listed(
            Page.Request page,
            @Nullable String holder,
            @Nullable UUID under,
            @Nullable UUID block) {
        return page.over(
                jdbc.sql(
                                CancellationTable.SELECT
                                        + """
                                         where sequence > :after
                                            and (cast(:holder as text) is null or holder = :holder)
                                            and (cast(:under as uuid) is null or under = :under)
                                            and (cast(:block as uuid) is null or block_id = :block)
                                        order by sequence limit :limit
                                        """)
                        .param("after", page.afterSequence())
                        .param("holder", holder)
                        .param("under", under)
                        .param("block", block)
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new Listed(
                                        row.getLong("sequence"),
                                        CancellationView.of(CancellationTable.read(row))))
                        .list(),
                each -> String.valueOf(each.sequence()));
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param reason for everybody to read, 1 to 500 characters; it names no person
    record CancellationBody(@Nullable UUID id, UUID block, GramsBody quantity, String reason) {

        CancelCredits toRequest(UUID chosen, AccountId holder) {
            var grams = quantity.at("/quantity");
            try {
                return new CancelCredits(chosen, holder, block, grams, reason);
            } catch (IllegalArgumentException e) {
                throw Refusals.invalid("/reason", "is a text of 1 to 500 characters");
            }
        }
    }

    /// @param holder the account whose units they were
    /// @param under the intervention or reversal that it belongs to; its own id otherwise
    record CancellationView(
            UUID id,
            UUID block,
            SerialRange serials,
            Co2e quantity,
            String holder,
            UnitsCancelled.Cause cause,
            UUID under,
            Instant at,
            String reason) {

        static CancellationView of(UnitsCancelled units) {
            return new CancellationView(
                    units.id(),
                    units.block(),
                    units.serials(),
                    units.quantity(),
                    units.holder().value(),
                    units.cause(),
                    units.under(),
                    units.at(),
                    units.reason());
        }
    }

    record Cancelled(CancellationView cancellation, Receipt receipt) {}

    record Listed(long sequence, CancellationView cancellation) {}
}
