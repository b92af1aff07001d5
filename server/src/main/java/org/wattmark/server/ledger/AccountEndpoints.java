package org.wattmark.server.ledger;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Accounts of the ledger: those of holders open by themselves, others by an operator.
@RestController
@Tag(name = "Accounts")
class AccountEndpoints {

    /// In one request: opening one is an entry, and all of them are decided at once.
    static final int MAX_OPENED = 1_000;

    private final Sequencer sequencer;

    AccountEndpoints(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    /// Opens accounts for assets that are neither credits nor money. One that is open already stays
    /// as it is, so the request is safe to send again. For operators.
    @PostMapping("/api/v1/accounts")
    ResponseEntity<AccountsOpened> open(@RequestBody AccountsBody body, Actor actor) {
        actor.require(Role.OPERATOR);
        if (body.accounts().isEmpty() || body.accounts().size() > MAX_OPENED) {
            throw invalid("/accounts", "has 1 to " + MAX_OPENED + " accounts");
        }
        var accounts = new ArrayList<Account>(body.accounts().size());
        var ids = new HashSet<AccountId>();
        for (int i = 0; i < body.accounts().size(); i++) {
            var account = body.accounts().get(i).toAccount("/accounts/" + i + "/id");
            if (!ids.add(account.id())) {
                throw invalid("/accounts/" + i + "/id", "stands twice");
            }
            accounts.add(account);
        }
        sequencer.apply(OpenAccounts.of(accounts.toArray(Account[]::new)));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new AccountsOpened(ids.stream().map(AccountId::value).sorted().toList()));
    }

    private static RuntimeException invalid(String pointer, String message) {
        return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", pointer + " " + message + ".")
                .at(pointer, message)
                .asException();
    }

    /// @param accounts 1 to 1,000
    record AccountsBody(List<AccountBody> accounts) {}

    /// @param id without a slash; any but `holder:…` and `system:…`, which open by themselves;
    ///   `test:…` if it is for assets of class TEST
    record AccountBody(String id, Account.Kind kind) {

        Account toAccount(String pointer) {
            try {
                var account = new AccountId(id);
                if (!PostingRights.isFree(account) || id.contains("/")) {
                    throw invalid(pointer, "'" + id + "' opens by itself");
                }
                return new Account(account, kind);
            } catch (IllegalArgumentException e) {
                throw invalid(pointer, String.valueOf(e.getMessage()));
            }
        }
    }

    /// @param accounts all that were asked for, which are open now
    record AccountsOpened(List<String> accounts) {}
}
