package org.wattmark.server.simulate;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BatchQueue;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Sha256;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.units.Period;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a simulated device remembers, in one file that only its owner may read: its key, where it
/// stands, and how far it has come. A later run goes on from there.
///
/// A batch is on disk before it is sent. So after a crash the same bytes go again and get the same
/// receipt; nothing is said twice, and nothing is left out.
final class DeviceFile {

    private static final JsonMapper JSON = StrictJson.mapper();

    private final Path file;
    private final KeyPair pair;
    private final Device device;
    private Content content;

    /// @param until the end of the last interval that was signed
    /// @param lastSequence of the last batch that the server has a receipt for
    /// @param waiting readings that are signed and have no receipt yet
    record Content(
            URI server,
            UUID device,
            UUID owner,
            String secretKey,
            String publicKey,
            String place,
            long seed,
            long wattsPeak,
            long intervalSeconds,
            @Nullable Instant until,
            long lastSequence,
            String lastBatch,
            List<Waiting> waiting,
            @Nullable String mqttSecret) {

        Content with(Instant spokenUntil, List<Waiting> readings) {
            return copy(spokenUntil, lastSequence, lastBatch, readings, mqttSecret);
        }

        Content after(long sequence, String batch) {
            return copy(until, sequence, batch, List.of(), mqttSecret);
        }

        Content with(String newMqttSecret) {
            return copy(until, lastSequence, lastBatch, waiting, newMqttSecret);
        }

        private Content copy(
                @Nullable Instant newUntil,
                long sequence,
                String batch,
                List<Waiting> readings,
                @Nullable String newMqttSecret) {
            return new Content(
                    server,
                    device,
                    owner,
                    secretKey,
                    publicKey,
                    place,
                    seed,
                    wattsPeak,
                    intervalSeconds,
                    newUntil,
                    sequence,
                    batch,
                    readings,
                    newMqttSecret);
        }
    }

    record Waiting(Instant start, long wattHours) {}

    private DeviceFile(Path file, Content content, KeyPair pair) {
        this.file = file;
        this.content = content;
        this.pair = pair;
        this.device =
                new Device(
                        new DeviceId(content.device()),
                        new DeviceSigner(pair).key(),
                        content.owner(),
                        Place.of(content.place()).site(),
                        new Installation(content.wattsPeak(), Mounting.FIXED),
                        AssuranceTier.T2,
                        Duration.ofSeconds(content.intervalSeconds()),
                        true);
    }

    static KeyPair newKeys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("this Java platform has no Ed25519", e);
        }
    }

    /// Of a device that was just bonded.
    static DeviceFile create(
            Path file, URI server, KeyPair pair, Device device, Place place, long seed) {
        var content =
                new Content(
                        server,
                        device.id().value(),
                        device.owner(),
                        Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()),
                        place.label(),
                        seed,
                        device.installation().wattsPeak(),
                        device.intervalLength().toSeconds(),
                        null,
                        0,
                        Sha256.NONE.hex(),
                        List.of(),
                        null);
        var made = new DeviceFile(file, content, pair);
        made.save();
        return made;
    }

    static boolean exists(Path file) {
        return Files.exists(file);
    }

    static DeviceFile read(Path file) {
        try {
            var content = JSON.readValue(OwnerOnlyFile.read(file), Content.class);
            var keys = KeyFactory.getInstance("Ed25519");
            var decoder = Base64.getDecoder();
            var secret =
                    keys.generatePrivate(
                            new PKCS8EncodedKeySpec(decoder.decode(content.secretKey())));
            var open =
                    keys.generatePublic(
                            new X509EncodedKeySpec(decoder.decode(content.publicKey())));
            return new DeviceFile(file, content, new KeyPair(open, secret));
        } catch (JacksonException | GeneralSecurityException | IllegalArgumentException e) {
            throw new CommandFailed(file + " is no device of a simulation: " + e.getMessage());
        }
    }

    Path path() {
        return file;
    }

    URI server() {
        return content.server();
    }

    Device device() {
        return device;
    }

    long seed() {
        return content.seed();
    }

    Place place() {
        return Place.of(content.place());
    }

    /// Up to when it has spoken; null before its first reading.
    @Nullable Instant until() {
        return content.until();
    }

    @Nullable String mqttSecret() {
        return content.mqttSecret();
    }

    /// The queue as it was left: what waits in it is signed again, to the same bytes.
    BatchQueue queue() {
        var queue =
                new BatchQueue(
                        device.id(),
                        new DeviceSigner(pair),
                        content.lastSequence(),
                        new Sha256(content.lastBatch()));
        var readings =
                content.waiting().stream()
                        .map(each ->
                                new IntervalReading(
                                        Period.starting(each.start(), device.intervalLength()),
                                        each.wattHours()))
                        .toList();
        if (!readings.isEmpty()) {
            queue.add(Channel.GENERATION, readings);
        }
        return queue;
    }

    /// These readings are about to be sent: from here on a crash sends the same batch again.
    void keepWaiting(List<IntervalReading> readings, Instant until) {
        content =
                content.with(
                        until,
                        readings.stream()
                                .map(each ->
                                        new Waiting(each.interval().start(), each.rawWattHours()))
                                .toList());
        save();
    }

    /// All that waited was decided, and the server's last batch of this device is this one. It goes
    /// to disk with what is written next: until then the last batch would be sent twice, which does
    /// no harm.
    void keepProgress(long lastSequence, Sha256 lastBatch) {
        content = content.after(lastSequence, lastBatch.hex());
    }

    void keepMqttSecret(String secret) {
        content = content.with(secret);
        save();
    }

    void save() {
        OwnerOnlyFile.write(file, JSON.writeValueAsString(content));
    }

    /// The key's first bytes, by which people tell devices apart.
    String shortKey() {
        return HexFormat.of().formatHex(device.key().bytes(), 0, 8);
    }
}
