package org.wattmark.server.organisations;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
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
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.organisations.OrganisationEndpoints.IdBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.TransferLimits;

/// To whom your organisation transfers credits and money. Who is added receives after the cool-off;
/// who is removed, nothing more.
@RestController
@Tag(name = "Payees")
class PayeeEndpoints {

    private static final Pattern HOLDER = Pattern.compile("(test:)?holder:[0-9a-f-]{36}");

    private static final int LONGEST_NAME = 200;

    private final AccessBook book;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final TransferLimits limits;

    PayeeEndpoints(AccessBook book, JdbcClient jdbc, InstantSource clock, TransferLimits limits) {
        this.book = book;
        this.jdbc = jdbc;
        this.clock = clock;
        this.limits = limits;
    }

    /// Trusts an account. It asks for a recent sign-in of a person, and the history tells of it.
    @PostMapping("/api/v1/organisation/payees")
    ResponseEntity<?> trust(
            @RequestBody PayeeBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("trusts payees");
        var name = body.name().strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME || !isText(name)) {
            throw invalid("/name", "has 1 to " + LONGEST_NAME + " characters");
        }
        if (!HOLDER.matcher(body.account()).matches()) {
            throw invalid("/account", "is the account of a holder, such as holder:<its id>");
        }
        var id = ChosenId.of(body.id(), key, actor);
        var made =
                book.make(
                        id,
                        change(AccessChanged.Kind.PAYEE_TRUSTED, actor, body.account(), name),
                        () -> {
                            requireNew(actor, body.account());
                            return Effect.of(
                                    """
                                    insert into trusted_payee (organisation_id, payee, name, since)
                                    values (?, ?, ?, ?)
                                    """,
                                    actor.organisation(),
                                    body.account(),
                                    name,
                                    clock.instant().truncatedTo(ChronoUnit.MICROS));
                        });
        return OrganisationEndpoints.created(id, made);
    }

    /// Half a surrogate pair has no bytes of its own, and no database keeps U+0000.
    private static boolean isText(String words) {
        return words.codePoints()
                .allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
    }

    private static AccessChanged change(
            AccessChanged.Kind kind, Actor actor, String account, String detail) {
        return new AccessChanged(kind, actor.organisation(), actor.id(), account, detail);
    }

    private void requireNew(Actor actor, String account) {
        if (isTrusted(actor, account)) {
            throw Problem.of(
                            HttpStatus.CONFLICT,
                            "already_so",
                            "The account is among your payees; see GET"
                                    + " /api/v1/organisation/payees.")
                    .asException();
        }
    }

    private boolean isTrusted(Actor actor, String account) {
        return HOLDER.matcher(account).matches()
                && jdbc.sql(
                                """
                                select exists (select from trusted_payee
                                    where organisation_id = :organisation and payee = :payee)
                                """)
                        .param("organisation", actor.organisation())
                        .param("payee", account)
                        .query(Boolean.class)
                        .single();
    }

    /// Trusts an account no more. That counts at once.
    @PostMapping("/api/v1/organisation/payees/{account}/removals")
    ResponseEntity<?> remove(
            @PathVariable String account,
            @RequestBody(required = false) @Nullable IdBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var id = ChosenId.of(body == null ? null : body.id(), key, actor);
        var made =
                book.make(
                        id,
                        change(AccessChanged.Kind.PAYEE_REMOVED, actor, account, ""),
                        () -> {
                            if (!isTrusted(actor, account)) {
                                throw Problem.of(
                                                HttpStatus.NOT_FOUND,
                                                "payee_unknown",
                                                "The account is not among your payees.")
                                        .asException();
                            }
                            return Effect.of(
                                    """
                                    delete from trusted_payee
                                    where organisation_id = ? and payee = ?
                                    """,
                                    actor.organisation(),
                                    account);
                        });
        return OrganisationEndpoints.created(id, made);
    }

    /// Your payees, and from when on each receives.
    @GetMapping("/api/v1/organisation/payees")
    Page<Payee> payees(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select payee, name, since from trusted_payee
                                where organisation_id = :organisation and payee > :after
                                order by payee limit :limit
                                """)
                        .param("organisation", actor.organisation())
                        .param("after", page.after("", account -> account))
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new Payee(
                                        row.getString("payee"),
                                        row.getString("name"),
                                        row.getTimestamp("since").toInstant(),
                                        row.getTimestamp("since")
                                                .toInstant()
                                                .plus(limits.coolOff())))
                        .list(),
                Payee::account);
    }

    private static RuntimeException invalid(String pointer, String message) {
        return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", pointer + " " + message + ".")
                .at(pointer, message)
                .asException();
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param account such as `holder:<its id>`, which the payee tells you
    /// @param name your own word for it, 1 to 200 characters
    record PayeeBody(@Nullable UUID id, String account, String name) {}

    /// @param receivesFrom when the cool-off is over
    record Payee(String account, String name, Instant since, Instant receivesFrom) {}
}
