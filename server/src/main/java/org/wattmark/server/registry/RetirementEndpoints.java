package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// The final use of credits. It cannot be undone.
@RestController
@Tag(name = "Retirements")
class RetirementEndpoints {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StepLimits limits;

    RetirementEndpoints(
            Sequencer sequencer, JdbcClient jdbc, Organisations organisations, StepLimits limits) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.limits = limits;
    }

    /// The client chooses the id, so a request that is sent twice retires once.
    @PostMapping("/api/v1/retirements")
    ResponseEntity<?> retire(
            @RequestBody RetirementBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var request =
                body.toRequest(ChosenId.of(body.id(), key, actor), organisations.accountOf(actor));
        limits.require(actor, body.quantity().grams(), 0);
        return switch (sequencer.apply(request)) { // one batch, one commit, then this answer
            case Retirement.Retired(var statement, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/certificates/" + statement.id()))
                            .body(
                                    Retired.of(
                                            statement,
                                            ChargedFees.of(statement.id(), jdbc),
                                            receipt));
            case Retirement.Refused(var reason) -> Refusals.of(reason);
        };
    }

    /// What your organisation has retired, in the order of the journal.
    @GetMapping("/api/v1/retirements")
    Page<Listed> retirements(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select id, sequence, block_id, first_serial, last_serial, at,
                                    beneficiary, purpose
                                from retirement
                                where holder = :holder and sequence > :after
                                order by sequence limit :limit
                                """)
                        .param("holder", organisations.accountOf(actor).value())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new Listed(
                                        row.getObject("id", UUID.class),
                                        row.getLong("sequence"),
                                        row.getObject("block_id", UUID.class),
                                        new SerialRange(
                                                row.getLong("first_serial"),
                                                row.getLong("last_serial")),
                                        row.getTimestamp("at").toInstant(),
                                        row.getString("beneficiary"),
                                        row.getString("purpose")))
                        .list(),
                each -> String.valueOf(each.sequence()));
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param beneficiary in whose name, 1 to 200 characters
    /// @param purpose what for, at most 500 characters
    record RetirementBody(
            @Nullable UUID id,
            UUID block,
            Co2e quantity,
            String beneficiary,
            @Nullable String purpose) {

        RetireCredits toRequest(UUID chosen, AccountId holder) {
            if (quantity.isZero()) {
                throw Refusals.invalid("/quantity/grams", "is at least 1");
            }
            var words = Refusals.requireWords(beneficiary, purpose);
            return new RetireCredits(chosen, holder, block, quantity, beneficiary, words);
        }
    }

    /// @param fees what was paid for it
    record Retired(
            UUID id,
            UUID block,
            SerialRange serials,
            Co2e quantity,
            UnitClass unitClass,
            Instant at,
            String beneficiary,
            String purpose,
            URI certificate,
            List<ChargedFees> fees,
            Receipt receipt) {

        static Retired of(RetirementStatement statement, List<ChargedFees> fees, Receipt receipt) {
            return new Retired(
                    statement.id(),
                    statement.block(),
                    statement.serials(),
                    statement.quantity(),
                    statement.unitClass(),
                    statement.at(),
                    statement.beneficiary(),
                    statement.purpose(),
                    URI.create("/api/v1/certificates/" + statement.id()),
                    fees,
                    receipt);
        }
    }

    record Listed(
            UUID id,
            long sequence,
            UUID block,
            SerialRange serials,
            Instant at,
            String beneficiary,
            String purpose) {}
}
