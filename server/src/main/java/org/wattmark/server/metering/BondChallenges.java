package org.wattmark.server.metering;

import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Sha256;

/// Challenges that wait for a device's answer.
final class BondChallenges {

    /// Long enough to carry a challenge to a device by hand.
    static final Duration LIFE = Duration.ofMinutes(10);

    /// For so long a late answer is still told that it is late. What bonded a device is kept, so
    /// that the same answer, sent again, finds it.
    private static final Duration KEPT = Duration.ofDays(1);

    private static final String INSERT =
            """
            insert into bond_challenge (nonce, device_id, key, owner_id, declaration, expires_at)
            values (:nonce, :device, :key, :owner, :declaration, :expires)
            """;

    private static final String FORGET =
            """
            delete from bond_challenge
            where expires_at < :before
                and not exists (select from device where challenge_nonce = nonce)
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    BondChallenges(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    BondChallenge issue(DeviceId device, DeviceKey key, UUID owner, Sha256 declaration) {
        var nonce = new byte[32];
        random.nextBytes(nonce);
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        var challenge =
                new BondChallenge(Nonce.of(nonce), device, key, owner, now.plus(LIFE), declaration);
        jdbc.sql(FORGET).param("before", now.minus(KEPT).atOffset(ZoneOffset.UTC)).update();
        jdbc.sql(INSERT)
                .param("nonce", nonce)
                .param("device", device.value())
                .param("key", key.bytes())
                .param("owner", owner)
                .param("declaration", declaration.bytes())
                .param("expires", challenge.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
        return challenge;
    }

    Optional<BondChallenge> find(Nonce nonce) {
        return jdbc.sql("select * from bond_challenge where nonce = :nonce")
                .param("nonce", nonce.bytes())
                .query((row, _) -> challenge(row))
                .optional();
    }

    private static BondChallenge challenge(ResultSet row) throws SQLException {
        return new BondChallenge(
                Nonce.of(row.getBytes("nonce")),
                new DeviceId(row.getObject("device_id", UUID.class)),
                DeviceKey.of(row.getBytes("key")),
                row.getObject("owner_id", UUID.class),
                row.getTimestamp("expires_at").toInstant(),
                Sha256.ofDigest(row.getBytes("declaration")));
    }
}
