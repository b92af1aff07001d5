package org.wattmark.server.conformance;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.Device;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.Sample;
import org.wattmark.metering.SampleAdmission;
import org.wattmark.metering.SampleInspection;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleInspection.Reason;
import org.wattmark.metering.SampleIntake;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.Sun;
import org.wattmark.server.conformance.Capture.Sent;
import org.wattmark.server.metering.PacketIntake;
import org.wattmark.units.Canonical;

/// Tries every rule for devices that send packets on a capture, by the server's own checks.
final class PacketCaptureTrial {

    /// In the order in which the intake looks.
    private static final List<PacketRule> OF_ONE_PACKET =
            List.of(
                    PacketRule.DEVICE,
                    PacketRule.SIGNATURE,
                    PacketRule.YEARS,
                    PacketRule.FUTURE,
                    PacketRule.NUMBERS,
                    PacketRule.POWER);

    private final Specimen specimen;
    private final Device device;
    private final Map<PacketRule, Tried> tried = new EnumMap<>(PacketRule.class);
    private final Map<Long, Sha256> known = new HashMap<>();
    private SampleProgress progress = SampleProgress.NONE;

    private PacketCaptureTrial(Specimen specimen, MakerId maker) {
        this.specimen = specimen;
        this.device = specimen.device().sendingPacketsAs(maker);
        for (var rule : PacketRule.values()) {
            tried.put(rule, new Tried(counted(rule)));
        }
    }

    private static String counted(PacketRule rule) {
        return switch (rule) {
            case BYTES -> "bodies";
            case QUEUE_KEEPS, QUEUE_RETRY_AFTER -> "times sent again";
            default -> "packets";
        };
    }

    /// One verdict for each rule, in the rules' order.
    ///
    /// @param maker the device's id in its packets
    static List<Verdict> of(Capture capture, Specimen specimen, MakerId maker) {
        var trial = new PacketCaptureTrial(specimen, maker);
        capture.sent().forEach(trial::body);
        var busy = new BusyServer(capture.sent());
        busy.comesAgain(trial.tried(PacketRule.QUEUE_KEEPS), PacketCaptureTrial::beginsAlike);
        busy.waits(trial.tried(PacketRule.QUEUE_RETRY_AFTER));
        return trial.tried.entrySet().stream()
                .map(each -> each.getValue().verdict(each.getKey(), why(each.getKey(), specimen)))
                .toList();
    }

    private Tried tried(PacketRule rule) {
        return Optional.ofNullable(tried.get(rule)).orElseThrow();
    }

    private static boolean beginsAlike(Sent one, Sent other) {
        return Arrays.equals(first(one), first(other));
    }

    private static byte[] first(Sent sent) {
        return Arrays.copyOf(sent.body().toByteArray(), SamplePacket.BYTES);
    }

    private void body(Sent sent) {
        var body = sent.body().toByteArray();
        int packets = body.length / SamplePacket.BYTES;
        boolean isWhole =
                packets >= 1
                        && packets <= PacketIntake.MOST_PACKETS
                        && body.length % SamplePacket.BYTES == 0;
        tried(PacketRule.BYTES)
                .with(
                        isWhole
                                ? Optional.empty()
                                : Optional.of(
                                        "line " + sent.line() + " has " + body.length + " bytes"));
        for (int i = 0; i < packets; i++) {
            int from = i * SamplePacket.BYTES;
            packet(
                    Arrays.copyOfRange(body, from, from + SamplePacket.BYTES),
                    sent.at(),
                    "line " + sent.line() + ", packet " + (i + 1));
        }
    }

    private void packet(byte[] bytes, Instant sentAt, String where) {
        switch (SampleIntake.inspect(read(bytes), device, sentAt)) {
            case Inspected inspected -> {
                OF_ONE_PACKET.stream().filter(this::isJudged).forEach(it -> tried(it).sound());
                resistance(inspected, where);
                inOrder(inspected, where);
            }
            case SampleInspection.Refused(var reason, var explanation) -> {
                var broken = broken(reason);
                OF_ONE_PACKET.stream()
                        .takeWhile(it -> it != broken)
                        .forEach(it -> tried(it).sound());
                tried(broken).fault(where + ": " + explanation);
            }
        }
    }

    private static SamplePacket read(byte[] bytes) {
        try {
            return SamplePacket.read(bytes);
        } catch (Canonical.Malformed e) {
            throw new IllegalStateException("of this length it is a packet", e);
        }
    }

    /// Without the nameplate nothing can be said of the power.
    private boolean isJudged(PacketRule rule) {
        return rule != PacketRule.POWER || specimen.site().isPresent();
    }

    private static PacketRule broken(Reason reason) {
        return switch (reason) {
            case ANOTHER_PROTOCOL, ANOTHER_DEVICE -> PacketRule.DEVICE;
            case SIGNATURE_INVALID -> PacketRule.SIGNATURE;
            case TIME_OUT_OF_RANGE -> PacketRule.YEARS;
            case IN_THE_FUTURE -> PacketRule.FUTURE;
            case NOT_A_NUMBER, INFINITE, NEGATIVE -> PacketRule.NUMBERS;
            case ABOVE_THE_PANEL -> PacketRule.POWER;
        };
    }

    /// Open circuit has no resistance.
    private void resistance(Inspected inspected, String where) {
        if (inspected.packet().amperes() != 0) {
            tried(PacketRule.RESISTANCE)
                    .with(
                            inspected.findings().stream()
                                    .findFirst()
                                    .map(it -> where + ": " + it.explanation()));
        }
    }

    private void inOrder(Inspected inspected, String where) {
        var sample = inspected.sample();
        long second = sample.at().getEpochSecond();
        var earlier = Optional.ofNullable(known.get(second));
        switch (SampleIntake.admit(inspected, progress, earlier, specimen.interval())) {
            case SampleAdmission.Accepted accepted -> {
                tried(PacketRule.ONE_A_SECOND).sound();
                tried(PacketRule.ORDER).sound();
                progress.last().ifPresent(last -> cadence(last, sample, where));
                known.put(second, sample.hash());
                progress = accepted.next();
            }
            case SampleAdmission.Repeated _ -> tried(PacketRule.ONE_A_SECOND).sound();
            case SampleAdmission.Conflicting _ ->
                    tried(PacketRule.ONE_A_SECOND)
                            .fault(where + ": another sample of " + sample.at() + " was sent");
            case SampleAdmission.Refused(var _, var explanation) ->
                    tried(PacketRule.ORDER).fault(where + ": " + explanation);
        }
    }

    /// What is not counted because nothing was heard of it: not in the dark, nor while there was no
    /// power.
    private void cadence(Sample last, Sample next, String where) {
        if (specimen.site().isEmpty() || last.watts().signum() == 0 || next.watts().signum() == 0) {
            return;
        }
        var apart = Duration.between(last.at(), next.at());
        if (apart.compareTo(SampleIntake.LONGEST_STEP) <= 0) {
            tried(PacketRule.CADENCE).sound();
        } else if (new Sun(device.site()).at(last.at().plus(apart.dividedBy(2))).elevation() > 0) {
            tried(PacketRule.CADENCE)
                    .fault(
                            where
                                    + ": nothing was heard for "
                                    + apart.toSeconds()
                                    + " s after "
                                    + last.at());
        }
    }

    private static String why(PacketRule rule, Specimen specimen) {
        return switch (rule) {
            case POWER -> specimen.site().isEmpty() ? "needs --site" : "no packet was sound";
            case CADENCE ->
                    specimen.site().isEmpty()
                            ? "needs --site"
                            : "needs two packets with power, one after the other";
            case RESISTANCE -> "no packet has a current";
            case QUEUE_KEEPS -> "no answer with 429 or 503 is in the capture";
            case QUEUE_RETRY_AFTER -> "no answer with retry_after is in the capture";
            default -> "no packet came so far";
        };
    }
}
