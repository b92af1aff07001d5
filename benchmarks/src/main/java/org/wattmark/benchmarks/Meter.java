package org.wattmark.benchmarks;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;

/// A bonded device's side: its key, and the chain of its batches. It signs by a fast library, so
/// that a load is ready soon.
final class Meter {

    static final Map<String, Object> SITE =
            Map.of(
                    "zone",
                    "America/Denver",
                    "latitude",
                    new BigDecimal("39.742"),
                    "longitude",
                    new BigDecimal("-105.173"),
                    "altitude_metres",
                    1830,
                    "country",
                    "US");

    static final long WATTS_PEAK = 6_000;

    private static final Map<String, Object> NOTHING_ELSE =
            Map.of(
                    "other_schemes", List.of(),
                    "support_payments", List.of(),
                    "external_ids", List.of(),
                    "cap_and_trade_covered", false);

    private static final Provider SIGNING = provider();

    private final KeyPair pair;
    private final DeviceId id;
    private final DeviceKey key;
    private long sequence;
    private Sha256 previous = Sha256.NONE;

    private Meter(KeyPair pair, DeviceId id) {
        var encoded = pair.getPublic().getEncoded();
        var raw = new byte[32];
        System.arraycopy(encoded, encoded.length - raw.length, raw, 0, raw.length);
        this.pair = pair;
        this.id = id;
        this.key = DeviceKey.of(raw);
    }

    /// The library that the server checks signatures with.
    private static Provider provider() {
        System.setProperty("com.amazon.corretto.crypto.provider.registerEdKeyFactory", "true");
        try {
            var type =
                    Class.forName(
                            "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider");
            return (Provider) type.getField("INSTANCE").get(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this measurement needs Corretto's provider", e);
        }
    }

    /// A new device, bonded by its owner.
    static Meter bonded(ApiClient owner) throws IOException, InterruptedException {
        try {
            var pair = KeyPairGenerator.getInstance("Ed25519", SIGNING).generateKeyPair();
            var meter = new Meter(pair, new DeviceId(UUID.randomUUID()));
            meter.bond(owner);
            return meter;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void bond(ApiClient owner) throws IOException, InterruptedException {
        var asked =
                owner.create(
                        "/api/v1/bond-challenges",
                        Map.of(
                                "device_id", id.value(),
                                "key", key.hex(),
                                "declaration", NOTHING_ELSE));
        var challenge =
                new BondChallenge(
                        new Nonce(asked.get("nonce").asString()),
                        id,
                        key,
                        UUID.fromString(asked.get("owner_id").asString()),
                        Instant.parse(asked.get("expires_at").asString()),
                        new Sha256(asked.get("declaration_sha256").asString()));
        var bond = new HashMap<String, Object>();
        bond.put("nonce", challenge.nonce().hex());
        bond.put("signature", base64(sign(challenge.canonicalBytes())));
        bond.put("site", SITE);
        bond.put("installation", Map.of("watts_peak", WATTS_PEAK, "mounting", "FIXED"));
        bond.put("tier", "T2");
        bond.put("simulated", true);
        bond.put("declaration", NOTHING_ELSE);
        owner.create("/api/v1/devices", bond);
    }

    private byte[] sign(byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519", SIGNING);
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    DeviceId id() {
        return id;
    }

    DeviceKey key() {
        return key;
    }

    long sequence() {
        return sequence;
    }

    /// The next batch of this meter.
    SignedBatch next(List<IntervalReading> readings) {
        sequence++;
        var batch = new ReadingBatch(id, Channel.GENERATION, sequence, previous, readings);
        var bytes = batch.canonicalBytes();
        previous = Sha256.of(bytes);
        return new SignedBatch(batch, DeviceSignature.of(sign(bytes)));
    }

    /// Forgets all batches after that one: the server does not have them.
    void resume(long lastSequence, Sha256 lastBatch) {
        sequence = lastSequence;
        previous = lastBatch;
    }

    /// A batch in JSON.
    ///
    /// @param named whether it says whose it is, as among others
    static void write(SignedBatch signed, boolean named, StringBuilder json) {
        var batch = signed.batch();
        json.append('{');
        if (named) {
            json.append("\"device_id\":\"").append(batch.device()).append("\",");
        }
        json.append("\"channel\":\"")
                .append(batch.channel())
                .append("\",\"sequence\":")
                .append(batch.sequence())
                .append(",\"previous\":\"")
                .append(batch.previous().hex())
                .append("\",\"readings\":[");
        char separator = ' ';
        for (var reading : batch.readings()) {
            json.append(separator)
                    .append("{\"start\":\"")
                    .append(reading.interval().start())
                    .append("\",\"watt_hours\":")
                    .append(reading.rawWattHours())
                    .append('}');
            separator = ',';
        }
        json.append("],\"signature\":\"").append(base64(signed.signature().bytes())).append("\"}");
    }

    static byte[] json(SignedBatch signed) {
        var json = new StringBuilder();
        write(signed, false, json);
        return json.toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
