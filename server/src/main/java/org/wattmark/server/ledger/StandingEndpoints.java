package org.wattmark.server.ledger;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.StandingChange;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Freezing accounts and assets that operators opened themselves, and a currency; closing what is
/// empty. It counts from the next commit on. For operators, as persons: no machine decides about an
/// account. Holders, the system and credits take two persons: see interventions.
@RestController
@Tag(name = "Accounts")
class StandingEndpoints {

    private final Sequencer sequencer;

    StandingEndpoints(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    /// Freezes an account, opens it again, or closes an empty one for good. What holds have
    /// reserved may go back to a frozen account; nothing else moves.
    @PostMapping("/api/v1/accounts/{id}/standing")
    ResponseEntity<?> standing(
            @PathVariable("id") String account,
            @RequestBody StandingBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requireOperator(actor);
        var id = ChosenId.of(body.id(), key, actor);
        var named = account(account);
        if (body.standing() != Account.Standing.CLOSED && !PostingRights.isFree(named)) {
            throw takesTwo("SUSPEND_ACCOUNT or RESUME_ACCOUNT");
        }
        return answer(new SetStanding(id, named, body.standing()));
    }

    /// Freezes an asset, or lets it move again.
    @PostMapping("/api/v1/assets/{code}/freeze")
    ResponseEntity<?> freeze(
            @PathVariable("code") String asset,
            @RequestBody FreezeBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        requireOperator(actor);
        var named = asset(asset);
        if (PostingRights.isCredits(named)) {
            throw takesTwo("SUSPEND_BLOCK or RESUME_BLOCK");
        }
        return answer(new SetFreeze(ChosenId.of(body.id(), key, actor), named, body.frozen()));
    }

    private static RuntimeException takesTwo(String kind) {
        return Problem.of(
                        HttpStatus.CONFLICT,
                        "takes_two_persons",
                        "Two persons decide on this: propose "
                                + kind
                                + " with POST /api/v1/interventions.")
                .asException();
    }

    private static void requireOperator(Actor actor) {
        actor.require(Role.OPERATOR);
        if (actor.kind() != Actor.Kind.PERSON) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "person_needed",
                            "A person freezes and opens accounts, and this token is a machine's."
                                    + " Sign in.")
                    .asException();
        }
    }

    private static AccountId account(String text) {
        try {
            return new AccountId(text);
        } catch (IllegalArgumentException e) {
            throw unknown("account_unknown", "No account has the id " + text + ".");
        }
    }

    private static Asset asset(String text) {
        try {
            return new Asset(text);
        } catch (IllegalArgumentException e) {
            throw unknown("asset_unknown", "No asset has the code " + text + ".");
        }
    }

    private static RuntimeException unknown(String code, String detail) {
        return Problem.of(HttpStatus.NOT_FOUND, code, detail).asException();
    }

    private ResponseEntity<?> answer(Command<StandingChange> command) {
        return switch (sequencer.apply(command)) {
            case StandingChange.Changed(var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new StandingChanged(command.id(), receipt));
            case StandingChange.Refused(var reason) -> problem(reason);
        };
    }

    private static ResponseEntity<?> problem(StandingChange.Reason reason) {
        var status = HttpStatus.CONFLICT;
        var detail =
                switch (reason) {
                    case ID_STANDS_FOR_ANOTHER ->
                            "This id was used before with another content. Choose a new id, or"
                                    + " send the same content.";
                    case ACCOUNT_UNKNOWN -> "No account has this id.";
                    case ASSET_UNKNOWN -> "Nothing was ever transferred of this asset.";
                    case ACCOUNT_CLOSED -> "What is closed stays closed.";
                    case ALREADY_SO -> "It is as you ask it to be.";
                    case ACCOUNT_NOT_EMPTY ->
                            "Only an account without balances and holds is closed.";
                };
        if (reason == StandingChange.Reason.ACCOUNT_UNKNOWN
                || reason == StandingChange.Reason.ASSET_UNKNOWN) {
            status = HttpStatus.NOT_FOUND;
        }
        return Problem.of(status, Rejections.code(reason), detail).answer();
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record StandingBody(@Nullable UUID id, Account.Standing standing) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record FreezeBody(@Nullable UUID id, boolean frozen) {}

    /// @param id of this change
    record StandingChanged(UUID id, Receipt receipt) {}
}
