package org.wattmark.server.organisations;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
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
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.organisations.OrganisationEndpoints.IdBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.server.security.Scopes;

/// What machines come in with: API keys, and clients with client credentials. Persons make them.
@RestController
@Tag(name = "Keys")
class KeyEndpoints {

    private static final int LONGEST_NAME = 100;
    private static final int DEFAULT_DAYS = 90;
    private static final int MOST_DAYS = 366;
    private static final int DEFAULT_OVERLAP_SECONDS = 24 * 60 * 60;
    private static final int MOST_OVERLAP_SECONDS = 30 * 24 * 60 * 60;

    private final Keyring keyring;
    private final JdbcClient jdbc;

    KeyEndpoints(Keyring keyring, JdbcClient jdbc) {
        this.keyring = keyring;
        this.jdbc = jdbc;
    }

    /// The keys of your organisation, live and ended, without their secrets.
    @GetMapping("/api/v1/api-keys")
    Page<Keyring.Key> keys(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(
                                """
                                select * from api_key
                                where organisation_id = :organisation and id > :after
                                order by id limit :limit
                                """)
                        .param("organisation", actor.organisation())
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> Keyring.key(row))
                        .list(),
                each -> each.id().toString());
    }

    /// Makes a key. It is shown in this answer and never again, not even if you ask again.
    @PostMapping("/api/v1/api-keys")
    ResponseEntity<?> make(
            @RequestBody KeyBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("makes keys");
        int days = between("/expires_in_days", body.expiresInDays(), DEFAULT_DAYS, 1, MOST_DAYS);
        var id = ChosenId.of(body.id(), key, actor);
        return made(keyring.make(id, actor, body.grant(actor), Duration.ofDays(days)));
    }

    /// Makes a new key in place of one, which goes on for a while, so that no request is lost.
    @PostMapping("/api/v1/api-keys/{id}/rotations")
    ResponseEntity<?> rotate(
            @PathVariable("id") UUID old,
            @RequestBody(required = false) @Nullable RotationBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("makes keys");
        int seconds =
                between(
                        "/overlap_seconds",
                        body == null ? null : body.overlapSeconds(),
                        DEFAULT_OVERLAP_SECONDS,
                        0,
                        MOST_OVERLAP_SECONDS);
        var id = ChosenId.of(body == null ? null : body.id(), key, actor);
        return made(keyring.rotate(id, actor, old, Duration.ofSeconds(seconds)));
    }

    private static ResponseEntity<?> made(Keyring.Secret secret) {
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(
                        new KeyMade(
                                secret.id(),
                                secret.text(),
                                secret.expiresAt(),
                                secret.made().receipt()));
    }

    /// Ends a key, at once.
    @PostMapping("/api/v1/api-keys/{id}/revocations")
    ResponseEntity<?> revoke(
            @PathVariable("id") UUID revoked,
            @RequestBody(required = false) @Nullable IdBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var id = ChosenId.of(body == null ? null : body.id(), key, actor);
        return OrganisationEndpoints.created(id, keyring.revoke(id, actor, revoked));
    }

    /// The clients of your organisation.
    @GetMapping("/api/v1/machine-clients")
    Page<ClientView> clients(Actor actor) {
        var all =
                jdbc.sql(
                                """
                                select machine_client.client_id, client_name, scopes, roles
                                from machine_client join oauth2_registered_client as client
                                    on client.client_id = machine_client.client_id
                                where organisation_id = :organisation
                                order by machine_client.client_id
                                """)
                        .param("organisation", actor.organisation())
                        .query((row, _) ->
                                new ClientView(
                                        row.getString("client_id"),
                                        row.getString("client_name"),
                                        List.of(row.getString("scopes").split(",")),
                                        Role.ofNames((String[]) row.getArray("roles").getArray())))
                        .list();
        return new Page<>(all, null, false);
    }

    /// Makes a client, which gets tokens at `/oauth2/token` with client credentials. Its secret is
    /// shown in this answer and never again.
    @PostMapping("/api/v1/machine-clients")
    ResponseEntity<?> makeClient(
            @RequestBody KeyBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.requirePerson("makes clients");
        if (body.expiresInDays() != null) {
            throw invalid("/expires_in_days", "is for keys; a client lasts until it is revoked");
        }
        var credentials =
                keyring.makeClient(ChosenId.of(body.id(), key, actor), actor, body.grant(actor));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new ClientMade(credentials.clientId(), credentials.secret()));
    }

    /// Ends a client.
    @PostMapping("/api/v1/machine-clients/{id}/revocations")
    ResponseEntity<?> revokeClient(
            @PathVariable("id") String client,
            @RequestBody(required = false) @Nullable IdBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var id = ChosenId.of(body == null ? null : body.id(), key, actor);
        return OrganisationEndpoints.created(id, keyring.revokeClient(id, actor, client));
    }

    private static int between(
            String pointer, @Nullable Integer value, int otherwise, int least, int most) {
        int chosen = value == null ? otherwise : value;
        if (chosen < least || chosen > most) {
            throw invalid(pointer, chosen + " does not lie between " + least + " and " + most);
        }
        return chosen;
    }

    private static RuntimeException invalid(String pointer, String message) {
        return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", pointer + " " + message)
                .at(pointer, message)
                .asException();
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param name 1 to 100 characters
    /// @param roles some of yours; all of them but OWNER if none are named
    /// @param expiresInDays 1 to 366, 90 if not said; for keys only
    record KeyBody(
            @Nullable UUID id,
            String name,
            List<String> scopes,
            @Nullable List<Role> roles,
            @Nullable Integer expiresInDays) {

        KeyBody {
            scopes = List.copyOf(scopes);
            roles = roles == null ? null : List.copyOf(roles);
        }

        Keyring.Grant grant(Actor actor) {
            if (name.isBlank() || name.length() > LONGEST_NAME) {
                throw invalid(
                        "/name",
                        "has " + name.length() + " characters; it has 1 to " + LONGEST_NAME);
            }
            Keyring.requireKnown(scopes, Scopes.all());
            return new Keyring.Grant(name.strip(), scopes, Keyring.rolesFor(roles, actor));
        }
    }

    /// @param id of the new key, chosen by the client; or send an `Idempotency-Key`
    /// @param overlapSeconds how long the old key goes on, 0 to 30 days; a day if not said
    record RotationBody(@Nullable UUID id, @Nullable Integer overlapSeconds) {}

    /// @param key shown here and never again
    record KeyMade(UUID id, String key, Instant expiresAt, Receipt receipt) {

        @Override
        public String toString() {
            return "KeyMade[" + id + "]";
        }
    }

    record ClientView(String clientId, String name, List<String> scopes, Set<Role> roles) {

        ClientView {
            scopes = List.copyOf(scopes);
            roles = Set.copyOf(roles);
        }
    }

    /// @param clientSecret shown here and never again
    record ClientMade(String clientId, String clientSecret) {

        @Override
        public String toString() {
            return "ClientMade[" + clientId + "]";
        }
    }
}
