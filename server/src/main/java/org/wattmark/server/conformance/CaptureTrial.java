package org.wattmark.server.conformance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.conformance.Capture.Sent;
import org.wattmark.server.metering.BatchJson;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.ProblemException;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// Tries every rule for devices on a capture. It reads bodies as the server does, and asks the
/// server's own checks.
final class CaptureTrial {

    /// Of a batch by MQTT; HTTP would take ten times as much.
    static final int LONGEST_BODY = 1_000_000;

    private static final JsonMapper JSON = StrictJson.mapper();

    private final Specimen specimen;
    private final Map<DeviceRule, Tried> tried = new EnumMap<>(DeviceRule.class);
    private final List<Read> read = new ArrayList<>();

    /// A body that could be read.
    record Read(Sent sent, SignedBatch signed) {

        ReadingBatch batch() {
            return signed.batch();
        }

        /// `line 3, sequence 7`
        String where() {
            return "line " + sent.line() + ", sequence " + batch().sequence();
        }
    }

    private CaptureTrial(Specimen specimen) {
        this.specimen = specimen;
        for (var rule : DeviceRule.values()) {
            tried.put(rule, new Tried(counted(rule)));
        }
    }

    private static String counted(DeviceRule rule) {
        return switch (rule) {
            case BODY_JSON, BODY_SIZE -> "bodies";
            case CHAIN_RESEND, QUEUE_KEEPS, QUEUE_RETRY_AFTER -> "times sent again";
            case CLOCK_SUN, ENERGY_DAY -> "days";
            case ENERGY_NEGATIVE, ENERGY_CAPACITY, ENERGY_NIGHT, ENERGY_CLEAR_SKY -> "readings";
            default -> "batches";
        };
    }

    /// One verdict for each rule, in the rules' order.
    static List<Verdict> of(Capture capture, Specimen specimen) {
        var trial = new CaptureTrial(specimen);
        capture.sent().forEach(trial::readBody);
        trial.read.forEach(trial::signing);
        new ChainTrial(trial.read, trial.tried).run();
        new QueueTrial(capture, trial.read, trial.tried).run();
        new IntervalTrial(trial.firsts(), specimen, trial.tried).run();
        new EnergyTrial(trial.firsts(), specimen, trial.tried).run();
        return trial.tried.entrySet().stream()
                .map(each -> each.getValue().verdict(each.getKey(), why(each.getKey(), specimen)))
                .toList();
    }

    /// Each batch once, however often it was sent.
    private List<Read> firsts() {
        var firsts = new LinkedHashMap<Bytes, Read>();
        read.forEach(each -> firsts.putIfAbsent(Bytes.of(each.batch().canonicalBytes()), each));
        return List.copyOf(firsts.values());
    }

    private Tried tried(DeviceRule rule) {
        return Optional.ofNullable(tried.get(rule)).orElseThrow();
    }

    private void readBody(Sent sent) {
        var body = sent.body().toByteArray();
        var tooLarge = size(body);
        tried(DeviceRule.BODY_SIZE).with(tooLarge.map(fault -> "line " + sent.line() + fault));
        try {
            var signed = BatchJson.read(body, specimen.id(), specimen.interval());
            read.add(new Read(sent, signed));
            tried(DeviceRule.BODY_JSON).sound();
        } catch (ProblemException e) {
            if (tooLarge.isEmpty()) {
                tried(DeviceRule.BODY_JSON).fault("line " + sent.line() + ": " + of(e.problem()));
            }
        }
    }

    private static String of(Problem problem) {
        return problem.code() + ", " + problem.detail();
    }

    private static Optional<String> size(byte[] body) {
        if (body.length > LONGEST_BODY) {
            return Optional.of(" has " + body.length + " bytes");
        }
        try {
            var readings = JSON.readTree(body).path("readings");
            boolean fits = readings.size() >= 1 && readings.size() <= ReadingBatch.MAX_READINGS;
            return !readings.isArray() || fits
                    ? Optional.empty()
                    : Optional.of(" has " + readings.size() + " readings");
        } catch (JacksonException e) {
            return Optional.empty(); // that is another rule's matter
        }
    }

    /// Where the device says what it signed, bytes and signature are judged apart. Where it does
    /// not, a signature that verifies proves both.
    private void signing(Read each) {
        var ours = each.batch().canonicalBytes();
        var theirs = each.sent().signingBytes();
        var signed = theirs == null ? ours : theirs.toByteArray();
        boolean verifies = specimen.key().verifies(signed, each.signed().signature());
        tried(DeviceRule.SIGNING_SIGNATURE)
                .with(
                        verifies
                                ? Optional.empty()
                                : Optional.of(
                                        each.where()
                                                + ": not signed by "
                                                + specimen.key().hex().substring(0, 16)
                                                + "…"));
        if (theirs != null) {
            tried(DeviceRule.SIGNING_CANONICAL).with(difference(each, ours, signed));
            lengths(each, signed);
        } else if (verifies) {
            tried(DeviceRule.SIGNING_CANONICAL).sound();
        }
    }

    private static Optional<String> difference(Read each, byte[] ours, byte[] theirs) {
        int at = Arrays.mismatch(ours, theirs);
        return at < 0
                ? Optional.empty()
                : Optional.of(
                        "%s: the signed bytes differ from byte %d on (%d bytes, %d expected)"
                                .formatted(each.where(), at, theirs.length, ours.length));
    }

    private void lengths(Read each, byte[] signed) {
        try {
            var batch = ReadingBatch.read(signed);
            tried(DeviceRule.INTERVAL_LENGTH)
                    .with(
                            batch.readings().stream()
                                    .map(reading -> reading.interval())
                                    .filter(it -> !it.length().equals(specimen.interval()))
                                    .findFirst()
                                    .map(it -> each.where() + ": " + it + " was signed"));
        } catch (Canonical.Malformed e) {
            tried(DeviceRule.INTERVAL_LENGTH)
                    .fault(each.where() + ": the signed bytes are no batch: " + e.getMessage());
        }
    }

    private static String why(DeviceRule rule, Specimen specimen) {
        return switch (rule) {
            case CLOCK_SUN ->
                    specimen.site().isEmpty()
                            ? "needs --site"
                            : "needs three whole days with energy";
            case ENERGY_NEGATIVE, ENERGY_CAPACITY, ENERGY_NIGHT, ENERGY_CLEAR_SKY, ENERGY_DAY ->
                    specimen.site().isEmpty() ? "needs --site" : "there is no reading to judge";
            case INTERVAL_LENGTH, SIGNING_CANONICAL -> "the capture has no signing_bytes";
            case CHAIN_SEQUENCE, CHAIN_PREVIOUS, INTERVAL_ONCE, QUEUE_ORDER -> "needs two batches";
            case CHAIN_RESEND -> "no batch was sent twice";
            case QUEUE_LATE -> "no batch was sent more than an hour after its last interval";
            case QUEUE_KEEPS -> "no answer with 429 or 503 is in the capture";
            case QUEUE_RETRY_AFTER -> "no answer with retry_after is in the capture";
            default -> "no body could be read";
        };
    }
}
