package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
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
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.Issuance;
import org.wattmark.registry.IssueCredits;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// Issuance, and the credit blocks that came of it, which are public.
@RestController
@Tag(name = "Issuance")
class IssuanceEndpoints {

    private static final String BLOCKS =
            """
            select credit_block.*,
                (select coalesce(sum(last_serial - first_serial + 1), 0) from cancellation
                    where cancellation.block_id = credit_block.id) as cancelled_grams,
                coalesce((select flag from block_flag
                    where block_flag.block_id = credit_block.id and raised
                    order by array_position(array['RECALLED', 'REVERSED', 'SUSPENDED'], flag)
                    limit 1), 'VALID') as status
            from credit_block
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;

    IssuanceEndpoints(Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
    }

    /// Issues the credits of an approved claim.
    @PostMapping("/api/v1/issuances")
    ResponseEntity<?> issue(
            @RequestBody IssuanceBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var role = actor.is(Role.OPERATOR) ? Role.OPERATOR : Role.PROPONENT;
        var command =
                new IssueCredits(
                        ChosenId.of(body.id(), key, actor),
                        organisations.acting(actor, role),
                        new ClaimId(body.claim()));
        return switch (sequencer.apply(command)) {
            case Issuance.Issued(var blocks, var receipts) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(
                                    Issued.of(
                                            command.id(),
                                            body.claim(),
                                            blocks,
                                            receipts,
                                            ChargedFees.of(command.id(), jdbc)));
            case Issuance.Refused(var reason) -> Refusals.of(reason);
        };
    }

    /// A credit block, and where its units are.
    @GetMapping("/api/v1/public/credit-blocks/{id}")
    ResponseEntity<?> block(@PathVariable UUID id) {
        return jdbc.sql(BLOCKS + " where id = :id")
                .param("id", id)
                .query((row, _) -> BlockView.of(row))
                .optional()
                .<ResponseEntity<?>>map(ResponseEntity::ok)
                .orElseGet(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "block_unknown",
                                        "No credit block has the id " + id + ".")
                                .answer());
    }

    /// All credit blocks that were issued, in the order of their ids.
    @GetMapping("/api/v1/public/credit-blocks")
    Page<BlockView> blocks(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(BLOCKS + " where id > :after order by id limit :limit")
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> BlockView.of(row))
                        .list(),
                view -> view.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record IssuanceBody(@Nullable UUID id, UUID claim) {}

    /// @param fees what was paid for it
    record Issued(UUID id, UUID claim, List<IssuedBlock> blocks, List<ChargedFees> fees) {

        static Issued of(
                UUID id,
                UUID claim,
                List<CreditBlock> blocks,
                List<Receipt> receipts,
                List<ChargedFees> fees) {
            var issued = new ArrayList<IssuedBlock>();
            for (int i = 0; i < blocks.size(); i++) {
                issued.add(new IssuedBlock(BlockView.issued(blocks.get(i)), receipts.get(i)));
            }
            return new Issued(id, claim, issued, fees);
        }
    }

    record IssuedBlock(BlockView block, Receipt receipt) {}

    /// @param credited what the proponent received: issued less buffer
    /// @param buffer of it set aside when it was issued
    /// @param retired what has been used for good
    /// @param cancelled what was removed without a claim, out of the buffer too
    /// @param status what certificates of its units say: VALID, SUSPENDED, REVERSED or RECALLED
    record BlockView(
            UUID id,
            UUID project,
            UUID claim,
            int vintage,
            UnitClass unitClass,
            Co2e issued,
            Co2e buffer,
            Co2e credited,
            Co2e retired,
            Co2e cancelled,
            String status) {

        static BlockView issued(CreditBlock block) {
            return of(block, 0, "VALID");
        }

        static BlockView of(ResultSet row) throws SQLException {
            return of(
                    CreditBlockTable.block(row, 0),
                    row.getLong("cancelled_grams"),
                    row.getString("status"));
        }

        private static BlockView of(CreditBlock block, long cancelled, String status) {
            return new BlockView(
                    block.id(),
                    block.project(),
                    block.claim().value(),
                    block.vintage().getValue(),
                    block.unitClass(),
                    block.issued(),
                    block.buffer(),
                    block.credited(),
                    new Co2e(block.nextSerial() - 1 - cancelled),
                    new Co2e(cancelled),
                    status);
        }
    }
}
