package org.wattmark.server.ledger;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.Account;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// What accounts have, and the transfers that made it so: your own account, and for operators any.
@RestController
@Tag(name = "Accounts")
class HistoryEndpoints {

    private static final String BALANCES =
            """
            select asset.code, asset.frozen,
                coalesce(sum(amount) filter (where account.id = :account), 0) as available,
                coalesce(sum(amount) filter (where account.id <> :account), 0) as reserved
            from account, balances_of(account.number)
            join asset on asset.number = balances_of.asset
            where account.id in (:account, :account || '/reserved')
            group by asset.code, asset.frozen
            order by asset.code
            """;

    private final AccountHistory history;
    private final JdbcClient jdbc;
    private final OwnAccounts accounts;

    HistoryEndpoints(AccountHistory history, JdbcClient jdbc, OwnAccounts accounts) {
        this.history = history;
        this.jdbc = jdbc;
        this.accounts = accounts;
    }

    /// An account, whether it may move, and what it has of each asset.
    @GetMapping("/api/v1/accounts/{id}")
    AccountView account(@PathVariable String id, Actor actor) {
        var known = readable(id, false, actor);
        return new AccountView(
                id,
                known.kind(),
                known.standing(),
                jdbc.sql(BALANCES)
                        .param("account", id)
                        .query((row, _) ->
                                new Balance(
                                        row.getString("code"),
                                        row.getLong("available"),
                                        row.getLong("reserved"),
                                        row.getBoolean("frozen")))
                        .list());
    }

    /// Every transfer of your organisation's account, the oldest first.
    @GetMapping("/api/v1/transfers")
    Page<TransferView> own(
            @RequestParam(required = false) @Nullable String asset,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        var known = history.account(accounts.of(actor).value());
        return known == null
                ? page.over(List.of(), each -> "")
                : transfers(known.number(), asset, page);
    }

    /// Every transfer of an account, the oldest first.
    ///
    /// @param reserved of the part that holds have reserved, instead of what is available
    @GetMapping("/api/v1/accounts/{id}/transfers")
    Page<TransferView> transfers(
            @PathVariable String id,
            @RequestParam(required = false) @Nullable String asset,
            @RequestParam(defaultValue = "false") boolean reserved,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return transfers(readable(id, reserved, actor).number(), asset, page);
    }

    private Page<TransferView> transfers(long account, @Nullable String asset, Page.Request page) {
        int number = asset == null ? 0 : history.asset(asset);
        var sequences =
                number < 0
                        ? List.<Long>of()
                        : history.sequences(
                                account,
                                number,
                                page.afterSequence(),
                                Long.MAX_VALUE,
                                page.fetch());
        return page.over(history.transfers(sequences), each -> String.valueOf(each.sequence()));
    }

    /// What moved an account's balance of one asset, from one place of the journal to another:
    /// given as sequences, or as times. By default it is all of it.
    ///
    /// @param reserved of the part that holds have reserved, instead of what is available
    @GetMapping("/api/v1/accounts/{id}/statement")
    Statement statement(
            @PathVariable String id,
            @RequestParam String asset,
            @RequestParam(defaultValue = "false") boolean reserved,
            @RequestParam(name = "from_sequence", required = false) @Nullable Long fromSequence,
            @RequestParam(name = "to_sequence", required = false) @Nullable Long toSequence,
            @RequestParam(required = false) @Nullable Instant from,
            @RequestParam(required = false) @Nullable Instant to,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        var known = readable(id, reserved, actor);
        long end = history.end();
        long first = place("from", fromSequence, from, 0);
        long last = Math.min(end, place("to", toSequence, to, end));
        if (first < 0 || first > last) {
            throw invalid("?from_sequence", "lies between 0 and `to_sequence`, " + last);
        }
        var name = reserved ? id + "/reserved" : id;
        int number = history.asset(asset);
        if (number < 0) {
            return new Statement(id, asset, first, last, 0, 0, List.of(), null, false);
        }
        long account = known.number();
        long after = Math.max(first - 1, page.afterSequence());
        long balance = history.balanceBefore(account, number, after + 1);
        var lines = new ArrayList<Statement.Line>();
        for (var each :
                history.transfers(history.sequences(account, number, after, last, page.fetch()))) {
            balance += each.netFor(name);
            lines.add(new Statement.Line(each, each.netFor(name), balance));
        }
        var lined = page.over(lines, each -> String.valueOf(each.transfer().sequence()));
        return new Statement(
                id,
                asset,
                first,
                last,
                history.balanceBefore(account, number, first),
                history.balanceBefore(account, number, last),
                lined.data(),
                lined.nextCursor(),
                lined.hasMore());
    }

    private long place(
            String name, @Nullable Long sequence, @Nullable Instant time, long otherwise) {
        if (sequence != null && time != null) {
            throw invalid("?" + name, "is given twice, as a time and as a sequence");
        }
        return sequence != null ? sequence : time != null ? history.firstAt(time) : otherwise;
    }

    /// 404 for what is not yours too: that an account exists is nobody else's business.
    private AccountHistory.Known readable(String id, boolean reserved, Actor actor) {
        var known =
                actor.is(Role.OPERATOR) || accounts.of(actor).value().equals(id)
                        ? history.account(reserved ? id + "/reserved" : id)
                        : null;
        if (known == null) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "account_unknown",
                            "You have no account of this id. Yours opens with what it first gets.")
                    .asException();
        }
        return known;
    }

    private static RuntimeException invalid(String pointer, String message) {
        return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", pointer + " " + message + ".")
                .at(pointer, message)
                .asException();
    }

    record AccountView(
            String id, Account.Kind kind, Account.Standing standing, List<Balance> balances) {}

    /// @param available in the asset's base unit; of a source what it gave, as a negative number
    /// @param reserved offered or otherwise on hold
    /// @param frozen whether nothing of the asset moves
    record Balance(String asset, long available, long reserved, boolean frozen) {}
}
