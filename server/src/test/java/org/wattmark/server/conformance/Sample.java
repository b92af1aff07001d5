package org.wattmark.server.conformance;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.server.client.PanelSite;
import org.wattmark.server.metering.BatchJson;
import org.wattmark.units.Period;
import tools.jackson.databind.json.JsonMapper;

/// A week of an honest device in Madrid, and its capture: two days in time, three that waited for a
/// network, a server that was busy once.
final class Sample {

    static final PanelSite MADRID = madrid(6_000, Mounting.FIXED);

    static final Instant START = Instant.parse("2025-07-01T00:00:00Z");

    private static final int DAYS = 7;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KeyPair pair = keys();
    final DeviceSigner signer = new DeviceSigner(pair);
    final Device device =
            PlayedDevice.bonded(new UUID(0, 9), new UUID(0, 0), signer, Duration.ofMinutes(15));

    /// The readings of each day: what faults of energy and intervals change.
    final List<List<IntervalReading>> days = new ArrayList<>();

    static PanelSite madrid(long wattsPeak, Mounting mounting) {
        return new PanelSite(
                "Europe/Madrid",
                PlayedDevice.SITE.latitude(),
                PlayedDevice.SITE.longitude(),
                667,
                "ES",
                wattsPeak,
                mounting);
    }

    Sample() {
        var panel = new SimulatedPanel(device, 7);
        for (int day = 0; day < DAYS; day++) {
            var start = START.plus(Duration.ofDays(day));
            days.add(new ArrayList<>(panel.readings(Period.starting(start, Duration.ofDays(1)))));
        }
    }

    private static KeyPair keys() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// One line of the capture, still to be changed.
    static final class Line {
        Instant at;
        ReadingBatch batch;
        byte[] signed;
        DeviceSignature signature;
        final Map<String, Object> otherFields = new HashMap<>();
        @Nullable Integer status;
        @Nullable Long retryAfter;

        Line(Instant at, ReadingBatch batch, byte[] signed, DeviceSignature signature) {
            this.at = at;
            this.batch = batch;
            this.signed = signed;
            this.signature = signature;
        }
    }

    Specimen specimen() {
        return new Specimen(
                new DeviceId(new UUID(0, 9)),
                signer.key(),
                Duration.ofMinutes(15),
                Optional.of(MADRID));
    }

    /// The days as a chain of batches. The second meets a busy server, the third to fifth wait.
    List<Line> lines() {
        var lines = new ArrayList<Line>();
        long sequence = 0;
        var previous = Sha256.NONE;
        for (var readings : days) {
            sequence++;
            var batch =
                    new ReadingBatch(device.id(), Channel.GENERATION, sequence, previous, readings);
            previous = batch.sha256();
            var line = line(START.plus(Duration.ofDays(sequence)).plusSeconds(3), batch);
            lines.add(line);
            if (sequence == 2) {
                line.status = 503;
                line.retryAfter = 5L;
                lines.add(line(line.at.plusSeconds(6), batch));
            } else if (sequence >= 3 && sequence <= 5) {
                line.at = START.plus(Duration.ofDays(5)).plusSeconds(10 * sequence);
            }
        }
        return lines;
    }

    Line line(Instant at, ReadingBatch batch) {
        return new Line(at, batch, batch.canonicalBytes(), sign(batch.canonicalBytes()));
    }

    DeviceSignature sign(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return DeviceSignature.of(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// As it stands in the file.
    static String text(List<Line> lines) {
        var text = new StringBuilder();
        for (var line : lines) {
            var body = new HashMap<>(BatchJson.of(new SignedBatch(line.batch, line.signature)));
            body.putAll(line.otherFields);
            var object = new HashMap<String, Object>();
            object.put("sent_at", line.at.toString());
            object.put("body", base64(JSON.writeValueAsBytes(body)));
            object.put("signing_bytes", base64(line.signed));
            if (line.status != null) {
                object.put("status", line.status);
            }
            if (line.retryAfter != null) {
                object.put("retry_after", line.retryAfter);
            }
            text.append(JSON.writeValueAsString(object)).append('\n');
        }
        return text.toString();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
