package org.wattmark.server.mqtt;

import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.secrets.RandomSecret;
import org.wattmark.server.security.SecretHashes;

/// The secrets by which devices sign in to MQTT, in the table `mqtt_credential`: one a device.
final class DeviceSecrets {

    private static final String REPLACE =
            """
            insert into mqtt_credential (device_id, secret_hash) values (:device, :hash)
            on conflict (device_id)
                do update set secret_hash = excluded.secret_hash, made_at = excluded.made_at
            """;

    private final JdbcClient jdbc;
    private final SecretHashes hashes = new SecretHashes();

    DeviceSecrets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Makes a secret in place of the one before, and says it: the only time that it is told.
    String make(DeviceId device) {
        var secret = RandomSecret.make();
        jdbc.sql(REPLACE)
                .param("device", device.value())
                .param("hash", SecretHashes.ofDrawn(secret))
                .update();
        return secret;
    }

    void revoke(DeviceId device) {
        jdbc.sql("delete from mqtt_credential where device_id = :device")
                .param("device", device.value())
                .update();
    }

    boolean matches(DeviceId device, String secret) {
        Optional<String> hash =
                jdbc.sql("select secret_hash from mqtt_credential where device_id = :device")
                        .param("device", device.value())
                        .query(String.class)
                        .optional();
        return hash.isPresent() && hashes.matches(secret, hash.get());
    }
}
