package org.wattmark.metering;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.wattmark.units.Period;

/// What a Green Button file says (NAESB REQ.21, "ESPI"): usage points with their meter readings, as
/// its links tie them together. Values are as the file has them; [#wattSecondsOf] scales them.
public record GreenButton(List<UsagePoint> usagePoints) {

    /// Unit-of-measure codes of ESPI (its `UomType`).
    public static final int WATTS = 38;

    public static final int WATT_HOURS = 72;
    public static final int CUBIC_FEET = 119;
    public static final int US_GALLONS = 128;
    public static final int THERMS = 169;

    /// Energy that the utility delivered (`flowDirection` of ESPI's `ReadingType`).
    public static final int DELIVERED = 1;

    /// Energy that the utility received. It is never added to what was delivered.
    public static final int RECEIVED = 19;

    public GreenButton {
        usagePoints = List.copyOf(usagePoints);
    }

    /// Where a utility measures.
    ///
    /// @param id its `self` link
    /// @param serviceKind 0 electricity, 1 gas, 2 water (ESPI's `ServiceKind`)
    public record UsagePoint(
            String id,
            String title,
            OptionalInt serviceKind,
            Optional<GreenButtonTime> localTime,
            List<MeterReading> meterReadings,
            List<Summary> summaries) {

        public UsagePoint {
            meterReadings = List.copyOf(meterReadings);
            summaries = List.copyOf(summaries);
        }
    }

    /// One series of readings of one kind.
    ///
    /// @param id its `self` link
    /// @param type empty where the file ties none to it: then nobody knows the unit
    public record MeterReading(
            String id, String title, Optional<ReadingType> type, List<IntervalBlock> blocks) {

        public MeterReading {
            blocks = List.copyOf(blocks);
        }

        public List<Reading> readings() {
            return blocks.stream().flatMap(block -> block.readings().stream()).toList();
        }
    }

    /// What the numbers of a series mean. Each part may be missing.
    ///
    /// @param uom unit of measure, such as [#WATT_HOURS]
    /// @param powerOfTenMultiplier values are in 10 to this power of the unit; 0 where not stated
    /// @param flowDirection such as [#DELIVERED]
    /// @param intervalLength for readings that do not say how long they are
    /// @param currency of costs, ISO 4217
    public record ReadingType(
            OptionalInt uom,
            int powerOfTenMultiplier,
            OptionalInt flowDirection,
            Optional<Duration> intervalLength,
            Optional<Currency> currency) {}

    /// @param interval as the block states it; readings need not fill it
    public record IntervalBlock(Optional<Period> interval, List<Reading> readings) {

        public IntervalBlock {
            readings = List.copyOf(readings);
        }
    }

    /// @param value in the unit of the series; empty for one that has only a cost
    /// @param cost in 10⁻⁵ of the series' currency
    /// @param qualities codes of ESPI's `QualityOfReading`, as given
    /// @param line of the file
    public record Reading(
            Period period,
            OptionalLong value,
            OptionalLong cost,
            List<Integer> qualities,
            int line) {

        public Reading {
            qualities = List.copyOf(qualities);
        }

        /// Whether the utility says that it did not measure it: estimated by a reference day (8) or
        /// by interpolation (9), or projected (12).
        public boolean isEstimated() {
            return qualities.stream().anyMatch(code -> code == 8 || code == 9 || code == 12);
        }
    }

    /// A bill's view: `UsageSummary`, which older files call `ElectricPowerUsageSummary`.
    ///
    /// @param billLastPeriod in 10⁻⁵ of the currency
    public record Summary(
            Optional<Period> billingPeriod,
            OptionalLong billLastPeriod,
            Optional<Currency> currency,
            Optional<Quantity> consumptionLastPeriod) {}

    /// @param value in 10 to the power of `powerOfTenMultiplier` of the unit
    public record Quantity(long value, OptionalInt uom, int powerOfTenMultiplier) {}

    /// 10⁻⁵ of a currency as an amount of it, exact.
    public static BigDecimal costOf(long hundredThousandths) {
        return BigDecimal.valueOf(hundredThousandths, 5);
    }

    /// The energy of a reading in watt-seconds, exact: of Wh, or of average W over the reading's
    /// time. Empty if the series has another unit, or none, or the reading no value.
    public static Optional<BigDecimal> wattSecondsOf(Reading reading, ReadingType type) {
        if (reading.value().isEmpty() || type.uom().isEmpty()) {
            return Optional.empty();
        }
        var value =
                BigDecimal.valueOf(reading.value().getAsLong())
                        .scaleByPowerOfTen(type.powerOfTenMultiplier());
        return switch (type.uom().getAsInt()) {
            case WATT_HOURS -> Optional.of(value.multiply(BigDecimal.valueOf(3_600)));
            case WATTS ->
                    Optional.of(
                            value.multiply(
                                    BigDecimal.valueOf(reading.period().length().toSeconds())));
            default -> Optional.empty();
        };
    }
}
