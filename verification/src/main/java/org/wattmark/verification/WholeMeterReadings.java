package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;

/// What a building's meter and a weather station said before and after a measure.
///
/// @param usage before and after the measure, in order, without overlap; a gap is missing data
/// @param temperatures in order, a day once
/// @param engineeringEstimate what the measure saves in the monitoring period at the most, by the
///   engineer's estimate
/// @param askedByLaw the part of the saving that the law asked for anyway
/// @param nonRoutine changes at the site that are not of the measure
/// @param factor the id of the fuel's factor, which a gas meter needs; or of the grid factor to use
///   in place of the default
public record WholeMeterReadings(
        Reported reported,
        Meter meter,
        Frequency frequency,
        List<Usage> usage,
        List<DayTemperature> temperatures,
        Measure measure,
        Energy engineeringEstimate,
        Share askedByLaw,
        List<NonRoutine> nonRoutine,
        Site site,
        Optional<String> factor)
        implements MonitoredData {

    private static final int MOST_ROWS = 2_500;
    private static final int MOST_CHANGES = 100;

    /// A terawatt-hour: sums of what may be reported stay within what a double counts exactly.
    private static final long MOST_WATT_HOURS = 1_000_000_000_000L;

    /// What the meter counts. A gas meter's volume is reported as energy, gross.
    public enum Meter {
        ELECTRICITY,
        GAS
    }

    /// How often it was read, and the longest row that is taken as one (CalTRACK 2.2.3.5).
    public enum Frequency {
        DAILY(1),
        MONTHLY_BILLS(35),
        BIMONTHLY_BILLS(70);

        private final int mostDays;

        Frequency(int mostDays) {
            this.mostDays = mostDays;
        }

        int mostDays() {
            return mostDays;
        }
    }

    /// What was used from the start of one civil day of the site to the start of another.
    ///
    /// @param wattHours negative where more flowed out than in; absent where nothing was read
    /// @param coverage how much of the time the meter recorded
    /// @param estimated whether the supplier estimated it
    public record Usage(
            LocalDate from,
            LocalDate to,
            Optional<Long> wattHours,
            Share coverage,
            boolean estimated) {

        public Usage {
            DataBytes.day("the start of usage", from);
            DataBytes.day("the end of usage", to);
            if (wattHours.map(Math::abs).orElse(0L) > MOST_WATT_HOURS) {
                throw new IllegalArgumentException("no building uses " + wattHours + " Wh");
            }
            if (!from.isBefore(to)) {
                throw new IllegalArgumentException("usage ends before it starts: " + from);
            }
        }

        /// A whole day that was recorded in full.
        public static Usage day(LocalDate date, long wattHours) {
            return read(date, date.plusDays(1), wattHours);
        }

        /// A bill that was read.
        public static Usage read(LocalDate from, LocalDate to, long wattHours) {
            return new Usage(from, to, Optional.of(wattHours), Share.ofPercent(100), false);
        }
    }

    /// @param fahrenheit mean dry-bulb temperature of the civil day
    /// @param hours of the day that were measured, 0 to 24
    public record DayTemperature(LocalDate date, BigDecimal fahrenheit, int hours) {

        public DayTemperature {
            DataBytes.day("a day of weather", date);
            fahrenheit = DataBytes.signed("a temperature", fahrenheit);
            if (hours < 0 || hours > 24) {
                throw new IllegalArgumentException("a day has 24 hours, not " + hours);
            }
            if (fahrenheit.abs().compareTo(BigDecimal.valueOf(200)) > 0) {
                throw new IllegalArgumentException("no weather has " + fahrenheit + " F");
            }
        }
    }

    /// @param start first day of the work: the baseline ends before it
    /// @param completed first day after it: savings count from here on
    public record Measure(String what, LocalDate start, LocalDate completed) {

        public Measure {
            DataBytes.words("what the measure is", what, 200);
            DataBytes.day("the start of a measure", start);
            DataBytes.day("the completion of a measure", completed);
            if (completed.isBefore(start)) {
                throw new IllegalArgumentException("a measure ends before it starts");
            }
        }
    }

    /// @param wattHours what it changed the use by in the monitoring period: below 0 where the site
    ///   used less for a reason that is not the measure, above 0 where it used more
    public record NonRoutine(String what, long wattHours) {

        public NonRoutine {
            DataBytes.words("what changed", what, 200);
            if (wattHours < -MOST_WATT_HOURS || wattHours > MOST_WATT_HOURS) {
                throw new IllegalArgumentException("no change is of " + wattHours + " Wh");
            }
        }
    }

    /// @param stationKilometres from the site to the weather station
    /// @param generationChanged whether generation behind the meter came or went since the baseline
    /// @param chargerAdded whether charging of vehicles came since the baseline
    public record Site(int stationKilometres, boolean generationChanged, boolean chargerAdded) {

        public Site {
            if (stationKilometres < 0 || stationKilometres > 20_100) {
                throw new IllegalArgumentException("no station is that far on this planet");
            }
        }
    }

    public WholeMeterReadings {
        usage = List.copyOf(usage);
        temperatures = List.copyOf(temperatures);
        nonRoutine = List.copyOf(nonRoutine);
        if (usage.size() > MOST_ROWS
                || temperatures.size() > MOST_ROWS
                || nonRoutine.size() > MOST_CHANGES) {
            throw new IllegalArgumentException("more than " + MOST_ROWS + " rows");
        }
        for (int i = 1; i < usage.size(); i++) {
            if (usage.get(i).from().isBefore(usage.get(i - 1).to())) {
                throw new IllegalArgumentException("usage overlaps at " + usage.get(i).from());
            }
        }
        for (int i = 1; i < temperatures.size(); i++) {
            if (!temperatures.get(i - 1).date().isBefore(temperatures.get(i).date())) {
                throw new IllegalArgumentException(
                        "a day's temperature stands once, in order: " + temperatures.get(i).date());
            }
        }
        boolean days = usage.stream().allMatch(row -> row.from().plusDays(1).equals(row.to()));
        if (frequency == Frequency.DAILY && !days) {
            throw new IllegalArgumentException("daily usage is of one day each");
        }
        if (meter == Meter.GAS && factor.isEmpty()) {
            throw new IllegalArgumentException("a gas meter needs the factor of its gas");
        }
    }

    @Override
    public MethodologyId methodology() {
        return WholeMeterSavings.ID;
    }

    @Override
    public List<Carrier> carriers() {
        return List.of(meter == Meter.ELECTRICITY ? Carrier.ELECTRICITY : Carrier.FUEL);
    }

    @Override
    public byte[] content() {
        var bytes = DataBytes.begin(this).text(meter.name()).text(frequency.name());
        bytes.number(usage.size());
        for (var row : usage) {
            bytes.number(row.from.toEpochDay()).number(row.to.toEpochDay());
            bytes.number(row.wattHours.isPresent() ? 1 : 0);
            row.wattHours.ifPresent(bytes::number);
            bytes.number(row.coverage.basisPoints()).number(row.estimated ? 1 : 0);
        }
        bytes.number(temperatures.size());
        for (var day : temperatures) {
            bytes.number(day.date.toEpochDay()).decimal(day.fahrenheit).number(day.hours);
        }
        bytes.text(measure.what)
                .number(measure.start.toEpochDay())
                .number(measure.completed.toEpochDay())
                .energy(engineeringEstimate)
                .number(askedByLaw.basisPoints())
                .number(nonRoutine.size());
        nonRoutine.forEach(change -> bytes.text(change.what).number(change.wattHours));
        bytes.number(site.stationKilometres)
                .number(site.generationChanged ? 1 : 0)
                .number(site.chargerAdded ? 1 : 0);
        DataBytes.writeOptionalText(bytes, factor);
        return bytes.toByteArray();
    }

    static WholeMeterReadings read(Reported reported, DataReader reader) throws Malformed {
        return new WholeMeterReadings(
                reported,
                reader.named(Meter.values()),
                reader.named(Frequency.values()),
                reader.list(MOST_ROWS, () -> usage(reader)),
                reader.list(
                        MOST_ROWS,
                        () ->
                                new DayTemperature(
                                        reader.date(), reader.decimal(), reader.smallNumber())),
                new Measure(reader.text(), reader.date(), reader.date()),
                reader.energy(),
                reader.share(),
                reader.list(MOST_CHANGES, () -> new NonRoutine(reader.text(), reader.number())),
                new Site(reader.smallNumber(), reader.yes(), reader.yes()),
                reader.optional(reader::text));
    }

    private static Usage usage(DataReader reader) throws Malformed {
        return new Usage(
                reader.date(),
                reader.date(),
                reader.optional(reader::number),
                reader.share(),
                reader.yes());
    }
}
