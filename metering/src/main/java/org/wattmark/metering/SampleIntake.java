package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.SampleAdmission.Accepted;
import org.wattmark.metering.SampleAdmission.Conflicting;
import org.wattmark.metering.SampleAdmission.Repeated;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleInspection.Reason;
import org.wattmark.metering.SampleInspection.Refused;
import org.wattmark.units.Period;

/// Takes in the packets of Carbon Smart Meters, in two steps as [Intake] does for batches.
/// [#inspect] looks at a packet alone and may run on many threads; [#admit] holds it against the
/// device's progress, in the one order that counts.
///
/// Between two packets at most [#LONGEST_STEP] apart the panel gave the lesser of both powers all
/// the time; over more it gave nothing that we know of, and a finding says so. Where an interval
/// ends between two packets, each side of the boundary has its own seconds of that power. All of it
/// is exact, down to the floor to whole mW·s, whose remainder goes into the next step.
public final class SampleIntake {

    /// Packets further apart than this leave a gap.
    public static final Duration LONGEST_STEP = Duration.ofSeconds(60);

    /// What the edge of a cloud adds for some seconds, over the nameplate: the upper end of the 1.3
    /// to 1.5 that are measured in steps below a minute.
    static final BigDecimal CLOUD_EDGE = new BigDecimal("1.5");

    /// How far R may be from V/I before the reader is told. Nothing depends on it.
    static final BigDecimal RESISTANCE_TOLERANCE = new BigDecimal("0.01");

    private static final BigDecimal MILLI = BigDecimal.valueOf(1_000);
    private static final long EARLIEST = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();
    private static final long LATEST = Instant.parse("2199-12-31T00:00:00Z").getEpochSecond();

    private SampleIntake() {}

    /// Inspects a packet that names a bonded device.
    public static SampleInspection inspect(SamplePacket packet, Device device, Instant receivedAt) {
        if (device.makerId().isEmpty()) {
            return new Refused(Reason.ANOTHER_PROTOCOL, "the device signs batches, not packets");
        }
        var maker = device.makerId().get();
        if (!packet.device().equals(maker)) {
            return new Refused(Reason.ANOTHER_DEVICE, packet.device() + " is not " + maker);
        }
        if (!device.key().verifies(packet.signed().toByteArray(), packet.signature())) {
            return new Refused(Reason.SIGNATURE_INVALID, "not signed by " + device.key());
        }
        return impossibleTime(packet, receivedAt)
                .or(() -> impossible("voltage", packet.volts(), "V"))
                .or(() -> impossible("current", packet.amperes(), "A"))
                .map(SampleInspection.class::cast)
                .orElseGet(() -> withinThePanel(packet, device));
    }

    private static Optional<Refused> impossibleTime(SamplePacket packet, Instant receivedAt) {
        long seconds = packet.unixSeconds();
        if (seconds < EARLIEST || seconds > LATEST) {
            return Optional.of(
                    new Refused(
                            Reason.TIME_OUT_OF_RANGE,
                            seconds + " s since 1970 is not in the years 2000 to 2199"));
        }
        var at = Instant.ofEpochSecond(seconds);
        return at.isAfter(receivedAt.plus(Intake.CLOCK_TOLERANCE))
                ? Optional.of(
                        new Refused(Reason.IN_THE_FUTURE, at + " was received at " + receivedAt))
                : Optional.empty();
    }

    private static Optional<Refused> impossible(String what, float value, String unit) {
        if (Float.isNaN(value)) {
            return Optional.of(new Refused(Reason.NOT_A_NUMBER, "the " + what + " is NaN"));
        }
        if (Float.isInfinite(value)) {
            return Optional.of(
                    new Refused(Reason.INFINITE, "the " + what + " is " + value + " " + unit));
        }
        if (value < 0) {
            return Optional.of(
                    new Refused(
                            Reason.NEGATIVE,
                            "the " + what + " is " + value + " " + unit + ": turn the sensor"));
        }
        return Optional.empty();
    }

    private static SampleInspection withinThePanel(SamplePacket packet, Device device) {
        var sample = Sample.of(packet);
        var most = CLOUD_EDGE.multiply(BigDecimal.valueOf(device.installation().wattsPeak()));
        if (sample.watts().compareTo(most) > 0) {
            return new Refused(
                    Reason.ABOVE_THE_PANEL,
                    packet.volts()
                            + " V × "
                            + packet.amperes()
                            + " A is more than the "
                            + most.stripTrailingZeros().toPlainString()
                            + " W that the panel can give");
        }
        return new Inspected(packet, sample, resistance(packet, sample));
    }

    /// Open circuit has no resistance to compare: voltage without current is no energy, and no
    /// fault either.
    private static List<Finding> resistance(SamplePacket packet, Sample sample) {
        var volts = Sample.exact(packet.volts());
        var amperes = Sample.exact(packet.amperes());
        if (amperes.signum() == 0) {
            return List.of();
        }
        boolean agrees =
                Float.isFinite(packet.ohms())
                        && Sample.exact(packet.ohms())
                                        .multiply(amperes)
                                        .subtract(volts)
                                        .abs()
                                        .compareTo(RESISTANCE_TOLERANCE.multiply(volts))
                                <= 0;
        if (agrees) {
            return List.of();
        }
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("voltage", packet.volts() + " V");
        inputs.put("current", packet.amperes() + " A");
        inputs.put("resistance", packet.ohms() + " Ω");
        return List.of(
                new Finding(
                        Rule.RESISTANCE,
                        inputs,
                        "V/I within 1 %",
                        Outcome.INFO,
                        Period.starting(sample.at(), Duration.ofSeconds(1))));
    }

    /// Decides on values what an inspected packet adds.
    ///
    /// @param known hash of the packet that was taken in for this device and second, if one was:
    ///   the last one of all need not be told
    /// @param length of the device's intervals
    public static SampleAdmission admit(
            Inspected inspected, SampleProgress progress, Optional<Sha256> known, Duration length) {
        var sample = inspected.sample();
        var before =
                known.or(() ->
                        progress.last().filter(l -> l.at().equals(sample.at())).map(Sample::hash));
        if (before.isPresent()) {
            return before.get().equals(sample.hash())
                    ? new Repeated(sample.hash())
                    : new Conflicting(conflict(before.get(), sample));
        }
        var earliest = progress.last().map(Sample::at).orElse(Instant.EPOCH);
        if (sample.at().isBefore(earliest)) {
            return new SampleAdmission.Refused(
                    SampleAdmission.Reason.OLDER_THAN_LAST,
                    "samples were taken in up to " + earliest);
        }
        return accepted(inspected, progress, length);
    }

    private static Accepted accepted(
            Inspected inspected, SampleProgress progress, Duration length) {
        var sample = inspected.sample();
        var findings = new ArrayList<>(inspected.findings());
        var sum = new Summation(progress, length);
        if (progress.last().isPresent()) {
            var last = progress.last().get();
            if (Duration.between(last.at(), sample.at()).compareTo(LONGEST_STEP) > 0) {
                findings.add(gap(last, sample));
            } else {
                sum.add(last.at(), sample.at(), last.watts().min(sample.watts()));
            }
        }
        sum.completeUntil(sample.at());
        return new Accepted(
                sum.progress(Optional.of(sample)),
                sample,
                sum.milliwattSeconds,
                List.copyOf(sum.completed),
                findings.stream().sorted().toList());
    }

    private static Finding gap(Sample last, Sample sample) {
        var inputs = new LinkedHashMap<String, String>();
        inputs.put("without packets", Duration.between(last.at(), sample.at()).toSeconds() + " s");
        inputs.put("power before", watts(last));
        inputs.put("power after", watts(sample));
        return new Finding(
                Rule.GAP,
                inputs,
                LONGEST_STEP.toSeconds() + " s",
                Outcome.INFO,
                new Period(last.at(), sample.at()));
    }

    private static String watts(Sample sample) {
        return sample.watts().stripTrailingZeros().toPlainString() + " W";
    }

    private static Finding conflict(Sha256 before, Sample sample) {
        return new Finding(
                Rule.CONFLICT,
                Map.of("this packet", sample.hash().hex()),
                "the packet of this second is " + before,
                Outcome.HOLD,
                Period.starting(sample.at(), Duration.ofSeconds(1)));
    }

    /// Adds up power over time into intervals.
    private static final class Summation {

        private final Duration length;
        private final List<IntervalReading> completed = new ArrayList<>();
        private Optional<SampleProgress.Open> open;
        private long carried;
        private BigDecimal fraction;
        private long milliwattSeconds;

        Summation(SampleProgress progress, Duration length) {
            this.length = length;
            this.open = progress.open();
            this.carried = progress.carried();
            this.fraction = progress.fraction();
        }

        /// This power from `from` to `to`, each interval its own part.
        void add(Instant from, Instant to, BigDecimal watts) {
            var start = from;
            while (start.isBefore(to)) {
                completeUntil(start);
                var interval = startOfInterval(start);
                var end = interval.plus(length).isBefore(to) ? interval.plus(length) : to;
                addWithin(interval, Duration.between(start, end), watts);
                start = end;
            }
        }

        private void addWithin(Instant interval, Duration time, BigDecimal watts) {
            var energy =
                    watts.multiply(MILLI)
                            .multiply(BigDecimal.valueOf(time.toSeconds()))
                            .add(fraction);
            var whole = energy.toBigInteger(); // never negative, so this is the floor
            fraction = energy.subtract(new BigDecimal(whole)).stripTrailingZeros();
            long part = whole.longValueExact();
            milliwattSeconds = Math.addExact(milliwattSeconds, part);
            long before = open.map(SampleProgress.Open::milliwattSeconds).orElse(0L);
            open = Optional.of(new SampleProgress.Open(interval, Math.addExact(before, part)));
        }

        /// Turns the open interval into a reading if it ends by then.
        void completeUntil(Instant until) {
            open.filter(each -> !each.start().plus(length).isAfter(until))
                    .ifPresent(this::complete);
        }

        /// Whole watt-hours, rounded down: the rest is carried into the next interval.
        private void complete(SampleProgress.Open each) {
            long energy = Math.addExact(each.milliwattSeconds(), carried);
            completed.add(
                    new IntervalReading(
                            Period.starting(each.start(), length),
                            energy / SampleProgress.MILLIWATT_SECONDS_PER_WATT_HOUR));
            carried = energy % SampleProgress.MILLIWATT_SECONDS_PER_WATT_HOUR;
            open = Optional.empty();
        }

        private Instant startOfInterval(Instant instant) {
            long seconds = instant.getEpochSecond();
            return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, length.toSeconds()));
        }

        SampleProgress progress(Optional<Sample> last) {
            return new SampleProgress(last, open, carried, fraction);
        }
    }
}
