package org.wattmark.server.market;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import java.util.regex.Pattern;
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
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.Deposit;
import org.wattmark.market.DepositStep;
import org.wattmark.market.RejectDeposit;
import org.wattmark.market.RequestDeposit;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Refusals;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// How money comes in: one operator enters what the bank received, another one approves it.
@RestController
@Tag(name = "Deposits")
class DepositEndpoints {

    /// A bank's reference is for people to read, and for the database to keep.
    private static final Pattern READABLE = Pattern.compile("[^\\p{Cc}\\p{Cs}]+");

    private final Sequencer sequencer;
    private final JdbcClient jdbc;

    DepositEndpoints(Sequencer sequencer, JdbcClient jdbc) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
    }

    /// Enters a payment that the bank has received. Nothing moves until another person approves.
    @PostMapping("/api/v1/deposits")
    ResponseEntity<?> request(
            @RequestBody DepositBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var command =
                new RequestDeposit(
                        ChosenId.of(body.id(), key, actor),
                        Organisations.personOf(actor),
                        accountOf(body.organisation()),
                        body.amount().at("/amount"),
                        reference(body.externalReference()));
        // A holder's first money comes before anything else that would open its account.
        sequencer.apply(OpenAccounts.of(new Account(command.account(), Account.Kind.HOLDER)));
        return answer(command);
    }

    private AccountId accountOf(UUID organisation) {
        return jdbc.sql("select unit_class from organisation where id = :id")
                .param("id", organisation)
                .query((row, _) -> UnitClass.valueOf(row.getString(1)))
                .optional()
                .map(unitClass -> SystemAccounts.holder(organisation, unitClass))
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "organisation_unknown",
                                        "No organisation has the id " + organisation + ".")
                                .at("/organisation", "is unknown")
                                .asException());
    }

    private static String reference(String reference) {
        var stripped = reference.strip();
        if (stripped.length() > RequestDeposit.MAX_REFERENCE
                || !READABLE.matcher(stripped).matches()) {
            throw Refusals.invalid(
                    "/external_reference",
                    "has 1 to "
                            + RequestDeposit.MAX_REFERENCE
                            + " characters, none of them a control character");
        }
        return stripped;
    }

    /// Posts the money, as another person than who entered it.
    @PostMapping("/api/v1/deposits/{id}/approvals")
    ResponseEntity<?> approve(
            @PathVariable("id") UUID deposit,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        actor.requirePerson("approves deposits");
        return answer(
                new ApproveDeposit(
                        StepBody.id(body, key, actor), Organisations.personOf(actor), deposit));
    }

    /// Ends a deposit that should not be. Its reference may be used again.
    @PostMapping("/api/v1/deposits/{id}/rejections")
    ResponseEntity<?> reject(
            @PathVariable("id") UUID deposit,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.OPERATOR);
        return answer(
                new RejectDeposit(
                        StepBody.id(body, key, actor), Organisations.personOf(actor), deposit));
    }

    private ResponseEntity<?> answer(Command<DepositStep> command) {
        return switch (sequencer.apply(command)) {
            case DepositStep.Taken(var deposit, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Step(command.id(), DepositView.of(deposit), receipt));
            case DepositStep.Denied(var reason) -> MarketRefusals.of(reason);
        };
    }

    /// All deposits, in the order of their ids.
    @GetMapping("/api/v1/deposits")
    Page<DepositView> deposits(
            @RequestParam(required = false) Deposit.@Nullable State state,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        actor.require(Role.OPERATOR);
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                DepositTable.SELECT
                                        + """
                                        where id > :after
                                            and (cast(:state as text) is null or state = :state)
                                        order by id limit :limit
                                        """)
                        .param("after", page.afterId())
                        .param("state", state == null ? null : state.name())
                        .param("limit", page.fetch())
                        .query(DepositTable::deposit)
                        .list()
                        .stream()
                        .map(DepositView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param organisation whose money it is to be
    /// @param externalReference the bank's own for the payment, 1 to 140 characters; unique
    record DepositBody(
            @Nullable UUID id, UUID organisation, MoneyBody amount, String externalReference) {}

    /// @param id of this step
    record Step(UUID id, DepositView deposit, Receipt receipt) {}

    /// @param requestedBy the person who entered it
    /// @param decidedBy the person who approved or rejected it
    record DepositView(
            UUID id,
            String account,
            UnitClass unitClass,
            Money amount,
            String externalReference,
            Deposit.State state,
            UUID requestedBy,
            @Nullable UUID decidedBy) {

        static DepositView of(Deposit deposit) {
            return new DepositView(
                    deposit.id(),
                    deposit.account().value(),
                    deposit.unitClass(),
                    deposit.money(),
                    deposit.reference(),
                    deposit.state(),
                    deposit.requestedBy(),
                    deposit.decidedBy().orElse(null));
        }
    }
}
