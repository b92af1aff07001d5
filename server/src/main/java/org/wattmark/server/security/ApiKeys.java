package org.wattmark.server.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.units.Bytes;

/// The keys of machines, by their hash.
///
/// A key that was found is remembered for a second, so revoking counts within that on every server
/// and at once on the one that was told.
public final class ApiKeys {

    /// What the last use of a key is written down to.
    private static final Duration USE = Duration.ofMinutes(1);

    private static final Duration AGE = Duration.ofSeconds(1);

    private static final String FIND =
            """
            select api_key.id, organisation_id, scopes, roles, expires_at, last_used_at, plan, kind
            from api_key join organisation on organisation.id = organisation_id
            where secret_sha256 = :hash and revoked_at is null
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final Cache<Bytes, Optional<Known>> known =
            Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(AGE).build();

    ApiKeys(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    private record Known(
            ApiKeyAuthentication authentication, Instant expires, @Nullable Instant lastUsed) {}

    /// What a presented key stands for; empty if it is unknown, revoked or expired.
    Optional<ApiKeyAuthentication> find(String text) {
        return known.get(Bytes.of(KeyText.hash(text)), this::load)
                .filter(key -> clock.instant().isBefore(key.expires()))
                .map(Known::authentication);
    }

    private Optional<Known> load(Bytes hash) {
        var found =
                jdbc.sql(FIND)
                        .param("hash", hash.toByteArray())
                        .query((row, _) -> known(row))
                        .optional();
        found.ifPresent(this::noteUse);
        return found;
    }

    private static Known known(ResultSet row) throws SQLException {
        var id = row.getObject("id", UUID.class);
        var used = row.getTimestamp("last_used_at");
        var held = Role.ofNames((String[]) row.getArray("roles").getArray());
        var actor =
                new Actor(
                        actorId(id),
                        Actor.Kind.MACHINE,
                        row.getObject("organisation_id", UUID.class),
                        Role.effective(held, Role.valueOf(row.getString("kind"))));
        return new Known(
                new ApiKeyAuthentication(
                        id,
                        actor,
                        List.of((String[]) row.getArray("scopes").getArray()),
                        Plan.valueOf(row.getString("plan"))),
                row.getTimestamp("expires_at").toInstant(),
                used == null ? null : used.toInstant());
    }

    private void noteUse(Known key) {
        var now = clock.instant();
        var last = key.lastUsed();
        if (last == null || last.plus(USE).isBefore(now)) {
            jdbc.sql("update api_key set last_used_at = :now where id = :id")
                    .param("now", now.atOffset(ZoneOffset.UTC))
                    .param("id", key.authentication().key())
                    .update();
        }
    }

    /// Who a key acts as. It ends in a UUID, as a machine's client id does.
    public static String actorId(UUID key) {
        return "wm_key_" + key;
    }

    /// To be told when keys were changed here.
    public void forget() {
        known.invalidateAll();
    }
}
