package org.wattmark.server.ledger;

import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.TransferPosted.Role;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;

/// What came of an id: for whoever lost the answer, and whoever reads one in a statement.
@RestController
@Tag(name = "Transfers")
class LookupEndpoints {

    /// The entries of a command follow each other, and the first of them has the command's id.
    private static final String OF_COMMAND =
            TransferView.SELECT
                    + """
                    join (select sequence as first from journal where id = :id) as command
                        on journal.sequence >= command.first and journal.sequence < coalesce(
                            (select min(sequence) from journal
                                where sequence > command.first and id is not null),
                            9223372036854775807)
                    order by sequence
                    """;

    private static final String OF_TRANSFER = TransferView.SELECT + " where journal.transfer = :id";

    private static final String OF_HOLD =
            TransferView.SELECT + " where journal.hold = :id order by sequence";

    private final JdbcClient jdbc;
    private final OwnAccounts accounts;
    private final OutcomeCodec outcomes;

    LookupEndpoints(JdbcClient jdbc, OwnAccounts accounts, OutcomeCodec outcomes) {
        this.jdbc = jdbc;
        this.accounts = accounts;
        this.outcomes = outcomes;
    }

    /// What came of an id: of an item of yours, of any other command, or of one transfer alone. You
    /// see the transfers that concern your own account, operators all.
    @GetMapping("/api/v1/transfers/{id}")
    Found transfer(@PathVariable UUID id, Actor actor) {
        var found = transfers(OF_COMMAND, id, actor);
        if (found.isEmpty()) {
            found = transfers(OF_TRANSFER, id, actor);
        }
        if (!found.isEmpty()) {
            return new Found(id, TransferEndpoints.POSTED, null, null, found);
        }
        var reason = rejection(id);
        if (reason == null) {
            throw unknown("transfer_unknown", "No transfer of yours has this id.");
        }
        return new Found(
                id,
                TransferEndpoints.REJECTED,
                Rejections.code(reason),
                Rejections.message(reason),
                List.of());
    }

    private List<TransferView> transfers(String sql, UUID id, Actor actor) {
        var all = jdbc.sql(sql).param("id", id).query(TransferView::of).list();
        if (all.isEmpty() || actor.is(org.wattmark.server.security.Role.OPERATOR)) {
            return all;
        }
        var own = accounts.of(actor).value();
        return all.stream().filter(each -> each.concerns(own)).toList();
    }

    /// A rejection names no account, so whoever knows the id may know of it.
    private Posting.@Nullable Reason rejection(UUID id) {
        return jdbc.sql("select outcome from command where id = ?")
                .param(id)
                .query(String.class)
                .optional()
                .map(kept -> outcomes.decode(kept.getBytes(StandardCharsets.UTF_8)))
                .filter(Posting.Rejected.class::isInstance)
                .map(outcome -> ((Posting.Rejected) outcome).reason())
                .orElse(null);
    }

    /// A pending transfer or another hold, and what became of it: for whoever is debited, and for
    /// whoever it was reserved for.
    @GetMapping("/api/v1/holds/{id}")
    HoldView hold(@PathVariable UUID id, Actor actor) {
        var steps = jdbc.sql(OF_HOLD).param("id", id).query(TransferView::of).list();
        var terms =
                jdbc.sql(
                                """
                                select payee.id as payee, expires
                                from journal left join account as payee
                                    on payee.number = journal.payee
                                where journal.hold = ? and role = 1
                                """)
                        .param(id)
                        .query((row, _) ->
                                new Terms(
                                        row.getString("payee"),
                                        row.getTimestamp("expires") == null
                                                ? null
                                                : row.getTimestamp("expires").toInstant()))
                        .optional();
        if (steps.isEmpty() || terms.isEmpty() || !mayRead(steps, terms.get(), actor)) {
            throw unknown("hold_unknown", "No hold of yours has this id.");
        }
        var made = steps.getFirst();
        long used =
                steps.stream().skip(1).mapToLong(TransferView::amount).reduce(0, Math::addExact);
        var state =
                used < made.amount()
                        ? HoldState.WAITING
                        : steps.stream().anyMatch(each -> each.role() == Role.CAPTURES)
                                ? HoldState.POSTED
                                : HoldState.VOIDED;
        return new HoldView(
                id,
                state,
                made.debit(),
                terms.get().payee(),
                made.asset(),
                made.amount(),
                made.amount() - used,
                terms.get().expires(),
                steps);
    }

    private boolean mayRead(List<TransferView> steps, Terms terms, Actor actor) {
        if (actor.is(org.wattmark.server.security.Role.OPERATOR)) {
            return true;
        }
        var own = accounts.of(actor).value();
        return own.equals(terms.payee()) || steps.getFirst().concerns(own);
    }

    private static RuntimeException unknown(String code, String detail) {
        return Problem.of(HttpStatus.NOT_FOUND, code, detail).asException();
    }

    private record Terms(@Nullable String payee, @Nullable Instant expires) {}

    /// @param code why it was rejected; stable
    /// @param transfers what it moved, in the order of the journal
    record Found(
            UUID id,
            @Schema(allowableValues = {TransferEndpoints.POSTED, TransferEndpoints.REJECTED})
                    String status,
            @Nullable String code,
            @Nullable String message,
            List<TransferView> transfers) {}

    enum HoldState {
        WAITING,
        /// Some of it moved, and the rest went back.
        POSTED,
        /// All of it went back.
        VOIDED
    }

    /// @param payee for whom alone it was reserved; absent if that is open
    /// @param remaining what is still reserved
    /// @param steps the transfers that made and used it
    record HoldView(
            UUID id,
            HoldState state,
            String account,
            @Nullable String payee,
            String asset,
            long amount,
            long remaining,
            @Nullable Instant expires,
            List<TransferView> steps) {}
}
