package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.wattmark.metering.GreenButton.MeterReading;
import org.wattmark.metering.GreenButton.Reading;
import org.wattmark.metering.GreenButton.ReadingType;
import org.wattmark.metering.ReadingsFile.Contents;
import org.wattmark.units.Period;

/// Takes one series of a Green Button file for one channel of a device.
///
/// A file may hold several usage points, and both directions of each. One series is chosen, by its
/// direction or by its id; nothing is ever added up over series. A reading that the utility
/// estimated is left out: what nobody measured backs nothing.
public final class GreenButtonReadings {

    private GreenButtonReadings() {}

    /// Which series a channel takes.
    public sealed interface Choice {

        record Chosen(MeterReading series) implements Choice {}

        /// @param explanation which series there are, for the person who chooses
        record None(String explanation) implements Choice {}
    }

    /// Chooses the series of electricity whose direction is the channel's: what was delivered is
    /// [Channel#IMPORT], what was received is [Channel#EXPORT]. For [Channel#GENERATION] no
    /// direction stands, so it is chosen by its id unless it is the only one and says none.
    ///
    /// @param id the `self` link of a series, as [GreenButton.MeterReading#id] has it
    public static Choice choose(GreenButton feed, Channel channel, Optional<String> id) {
        var electric =
                feed.usagePoints().stream()
                        .filter(point -> point.serviceKind().orElse(0) == 0)
                        .flatMap(point -> point.meterReadings().stream())
                        .toList();
        var fitting =
                electric.stream()
                        .filter(series ->
                                id.isPresent()
                                        ? id.get().equals(series.id())
                                                && !contradicts(channel, series)
                                        : direction(series).equals(directionOf(channel)))
                        .toList();
        if (fitting.size() == 1) {
            return new Choice.Chosen(fitting.getFirst());
        }
        var all =
                electric.stream()
                        .map(GreenButtonReadings::described)
                        .collect(Collectors.joining("; "));
        return new Choice.None(
                (fitting.isEmpty() ? "no" : "more than one")
                        + " series fits "
                        + channel
                        + (id.isPresent() ? " with this id" : "")
                        + "; the file has "
                        + (all.isEmpty() ? "no electricity" : all));
    }

    private static OptionalInt directionOf(Channel channel) {
        return switch (channel) {
            case IMPORT -> OptionalInt.of(GreenButton.DELIVERED);
            case EXPORT -> OptionalInt.of(GreenButton.RECEIVED);
            case GENERATION -> OptionalInt.empty();
        };
    }

    private static boolean contradicts(Channel channel, MeterReading series) {
        return channel != Channel.GENERATION
                && direction(series).isPresent()
                && !direction(series).equals(directionOf(channel));
    }

    private static OptionalInt direction(MeterReading series) {
        return series.type().map(ReadingType::flowDirection).orElse(OptionalInt.empty());
    }

    private static String described(MeterReading series) {
        var direction = direction(series);
        var way =
                direction.isEmpty()
                        ? "no direction"
                        : switch (direction.getAsInt()) {
                            case GreenButton.DELIVERED -> "delivered";
                            case GreenButton.RECEIVED -> "received";
                            default -> "direction " + direction.getAsInt();
                        };
        return "'" + series.id() + "' (" + way + ", " + series.readings().size() + " readings)";
    }

    /// The series as readings of a device, as [ReadingsFile] makes them of rows. The line of an
    /// error is that of the reading in the XML file.
    ///
    /// @param length of the device's intervals
    public static Contents of(MeterReading series, Duration length) {
        var rows = new ReadingRows(length);
        if (series.type().isEmpty() || series.type().get().uom().isEmpty()) {
            rows.error(1, "ReadingType", series.id(), "the file does not say in which unit it is");
            return rows.contents();
        }
        var type = series.type().get();
        var taken = new HashMap<Period, Reading>();
        for (var reading : series.readings()) {
            var energy = GreenButton.wattSecondsOf(reading, type);
            if (energy.isEmpty()) {
                rows.error(reading.line(), "value", valueOf(reading), unitRemedy(reading, type));
                continue;
            }
            var same = taken.putIfAbsent(reading.period(), reading);
            boolean isRepeated = same != null && same.value().equals(reading.value());
            if (!isRepeated) {
                add(rows, reading, energy.get(), length);
            }
        }
        return rows.contents();
    }

    private static String unitRemedy(Reading reading, ReadingType type) {
        return reading.value().isEmpty()
                ? "nothing was measured: the reading has no value"
                : "unit "
                        + type.uom().orElseThrow()
                        + " is no electrical energy (72) or power (38)";
    }

    private static void add(
            ReadingRows rows, Reading reading, BigDecimal wattSeconds, Duration length) {
        var period = reading.period();
        if (!period.length().equals(length)) {
            rows.error(
                    reading.line(),
                    "duration",
                    period.length().toSeconds() + " s",
                    "the device's intervals are " + length.toSeconds() + " s long");
        } else if (!Intake.isAligned(period.start(), length)) {
            rows.error(
                    reading.line(),
                    "start",
                    period.start().toString(),
                    "an interval starts at a multiple of " + length);
        } else if (reading.isEstimated()) {
            rows.error(
                    reading.line(),
                    "quality",
                    reading.qualities().toString(),
                    "the utility estimated it: leave it out, or wait for what is measured");
        } else {
            rows.add(reading.line(), period.start(), wattSeconds, period.start().toString());
        }
    }

    private static String valueOf(Reading reading) {
        return reading.value().isPresent() ? String.valueOf(reading.value().getAsLong()) : "";
    }
}
