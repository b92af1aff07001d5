package org.wattmark.server.security;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.web.webauthn.api.Bytes;
import org.springframework.security.web.webauthn.management.UserCredentialRepository;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;

/// The passkeys and recovery codes of who is signed in. Passkeys are added on the page `/passkeys`.
@RestController
@Tag(name = "Keys")
class PasskeyEndpoints {

    private static final String OWN =
            """
            select credential_id, label, created, user_credentials.last_used
            from user_credentials join user_entities on id = user_entity_user_id
            where name = :person order by created, credential_id
            """;

    private final JdbcClient jdbc;
    private final UserCredentialRepository passkeys;
    private final RecoveryCodes codes;

    PasskeyEndpoints(JdbcClient jdbc, UserCredentialRepository passkeys, RecoveryCodes codes) {
        this.jdbc = jdbc;
        this.passkeys = passkeys;
        this.codes = codes;
    }

    /// Your passkeys.
    @GetMapping("/api/v1/me/passkeys")
    Page<Passkey> passkeys(Actor actor) {
        actor.requirePerson("has passkeys");
        return new Page<>(own(actor), null, false);
    }

    private List<Passkey> own(Actor actor) {
        return jdbc.sql(OWN)
                .param("person", actor.id())
                .query((row, _) ->
                        new Passkey(
                                row.getString("credential_id"),
                                row.getString("label"),
                                instant(row.getTimestamp("created")),
                                instant(row.getTimestamp("last_used"))))
                .list();
    }

    private static @Nullable Instant instant(java.sql.@Nullable Timestamp time) {
        return time == null ? null : time.toInstant();
    }

    /// Removes a passkey, such as one that is lost.
    @PostMapping("/api/v1/me/passkeys/{id}/removals")
    ResponseEntity<?> remove(@PathVariable("id") String passkey, Actor actor) {
        actor.requirePerson("has passkeys");
        if (own(actor).stream().noneMatch(each -> each.id().equals(passkey))) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "passkey_unknown",
                            "You have no passkey with the id " + passkey + ".")
                    .asException();
        }
        passkeys.delete(Bytes.fromBase64(passkey));
        return ResponseEntity.noContent().build();
    }

    /// Makes ten recovery codes in place of those that there were. They are shown in this answer
    /// and never again; one of them signs in, in the password's place, who has lost their passkey.
    @PostMapping("/api/v1/me/recovery-codes")
    ResponseEntity<?> codes(Actor actor) {
        actor.requirePerson("has recovery codes");
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(new Codes(codes.make(UUID.fromString(actor.id()))));
    }

    /// How many recovery codes are left.
    @GetMapping("/api/v1/me/recovery-codes")
    CodesLeft codesLeft(Actor actor) {
        actor.requirePerson("has recovery codes");
        return new CodesLeft(codes.left(UUID.fromString(actor.id())));
    }

    record Passkey(
            String id, String label, @Nullable Instant created, @Nullable Instant lastUsed) {}

    record Codes(List<String> codes) {

        Codes {
            codes = List.copyOf(codes);
        }

        @Override
        public String toString() {
            return "Codes[…]";
        }
    }

    record CodesLeft(int left) {}
}
