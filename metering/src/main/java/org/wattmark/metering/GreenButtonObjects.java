package org.wattmark.metering;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.wattmark.metering.GreenButton.IntervalBlock;
import org.wattmark.metering.GreenButton.MeterReading;
import org.wattmark.metering.GreenButton.Quantity;
import org.wattmark.metering.GreenButton.Reading;
import org.wattmark.metering.GreenButton.ReadingType;
import org.wattmark.metering.GreenButton.Summary;
import org.wattmark.metering.GreenButton.UsagePoint;
import org.wattmark.metering.GreenButtonFile.Reason;
import org.wattmark.metering.GreenButtonFile.Unreadable;
import org.wattmark.units.Period;

/// Collects the ESPI objects of a feed and ties them together by their entries' links.
final class GreenButtonObjects {

    /// ESPI's integers have 48 bits at most.
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[-+]?[0-9]{1,18}");

    private static final Pattern DST_RULE = Pattern.compile("[0-9A-Fa-f]{8}");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private final GreenButtonEntry.Index usagePoints = new GreenButtonEntry.Index();
    private final GreenButtonEntry.Index meterReadings = new GreenButtonEntry.Index();
    private final GreenButtonEntry.Index readingTypes = new GreenButtonEntry.Index();
    private final GreenButtonEntry.Index localTimes = new GreenButtonEntry.Index();
    private final List<GreenButtonEntry> blocks = new ArrayList<>();
    private final List<GreenButtonEntry> summaries = new ArrayList<>();
    private boolean anyObject;

    void add(GreenButtonEntry entry) {
        var kinds = new HashSet<String>();
        for (var object : entry.objects()) {
            anyObject = true;
            if (kinds.add(object.name())) { // an entry may hold many blocks
                switch (object.name()) {
                    case "UsagePoint" -> usagePoints.add(entry);
                    case "MeterReading" -> meterReadings.add(entry);
                    case "ReadingType" -> readingTypes.add(entry);
                    case "LocalTimeParameters" -> localTimes.add(entry);
                    case "IntervalBlock" -> blocks.add(entry);
                    case "UsageSummary", "ElectricPowerUsageSummary" -> summaries.add(entry);
                    default -> {} // other objects of ESPI say nothing of energy
                }
            }
        }
    }

    GreenButton tiedTogether() throws Unreadable {
        if (!anyObject) {
            throw new Unreadable(
                    Reason.NOT_GREEN_BUTTON, "an Atom feed without any object of Green Button");
        }
        if (usagePoints.all().isEmpty()) {
            throw new Unreadable(Reason.NOT_GREEN_BUTTON, "no usage point is in the feed");
        }
        var blocksOf = byOwner(blocks, meterReadings);
        refuseUnlinked(blocks, blocksOf, "an interval block", "meter reading");
        var readingsOf = byOwner(meterReadings.all(), usagePoints);
        refuseUnlinked(meterReadings.all(), readingsOf, "a meter reading", "usage point");
        var summariesOf = byOwner(summaries, usagePoints); // one that is not tied is not told
        var points = new ArrayList<UsagePoint>();
        for (var entry : usagePoints.all()) {
            var series = new ArrayList<MeterReading>();
            for (var reading : readingsOf.getOrDefault(entry, List.of())) {
                series.add(meterReading(reading, blocksOf.getOrDefault(reading, List.of())));
            }
            points.add(
                    new UsagePoint(
                            entry.self(),
                            entry.title(),
                            serviceKind(entry),
                            localTimeOf(entry),
                            series,
                            summariesIn(summariesOf.getOrDefault(entry, List.of()))));
        }
        return new GreenButton(points);
    }

    private static Map<GreenButtonEntry, List<GreenButtonEntry>> byOwner(
            List<GreenButtonEntry> entries, GreenButtonEntry.Index owners) {
        var byOwner = new IdentityHashMap<GreenButtonEntry, List<GreenButtonEntry>>();
        for (var entry : entries) {
            owners.ownerOf(entry)
                    .ifPresent(each ->
                            byOwner.computeIfAbsent(each, _ -> new ArrayList<>()).add(entry));
        }
        return byOwner;
    }

    private static void refuseUnlinked(
            List<GreenButtonEntry> entries,
            Map<GreenButtonEntry, List<GreenButtonEntry>> byOwner,
            String what,
            String owner)
            throws Unreadable {
        var tied = Collections.newSetFromMap(new IdentityHashMap<GreenButtonEntry, Boolean>());
        byOwner.values().forEach(tied::addAll);
        for (var entry : entries) {
            if (!tied.contains(entry)) {
                var address = entry.self().isEmpty() ? entry.up() : entry.self();
                throw new Unreadable(
                        Reason.UNLINKED,
                        what + " (" + ReadingRows.shown(address) + ") is tied to no " + owner);
            }
        }
    }

    private static Optional<XmlElement> object(GreenButtonEntry entry, String name) {
        return entry.objects().stream().filter(each -> each.name().equals(name)).findFirst();
    }

    private static OptionalInt serviceKind(GreenButtonEntry entry) throws Unreadable {
        var category = object(entry, "UsagePoint").flatMap(point -> point.first("ServiceCategory"));
        return category.isEmpty() ? OptionalInt.empty() : code(category.get(), "kind");
    }

    private Optional<GreenButtonTime> localTimeOf(GreenButtonEntry usagePoint) throws Unreadable {
        var used =
                localTimes
                        .usedBy(usagePoint)
                        .or(() ->
                                localTimes.all().size() == 1
                                        ? Optional.of(localTimes.all().getFirst())
                                        : Optional.empty());
        var parameters = used.flatMap(entry -> object(entry, "LocalTimeParameters"));
        return parameters.isEmpty() ? Optional.empty() : localTime(parameters.get());
    }

    private static Optional<GreenButtonTime> localTime(XmlElement parameters) throws Unreadable {
        var offset = number(parameters, "tzOffset");
        if (offset.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new GreenButtonTime(
                            ZoneOffset.ofTotalSeconds(Math.toIntExact(offset.getAsLong())),
                            Duration.ofSeconds(number(parameters, "dstOffset").orElse(0)),
                            rule(parameters, "dstStartRule"),
                            rule(parameters, "dstEndRule")));
        } catch (DateTimeException | ArithmeticException | IllegalArgumentException e) {
            throw malformed(parameters, "tzOffset", String.valueOf(offset.getAsLong()));
        }
    }

    private static Optional<GreenButtonTime.Rule> rule(XmlElement parameters, String name)
            throws Unreadable {
        var hex = parameters.textOf(name);
        if (hex.isEmpty()) {
            return Optional.empty();
        }
        if (!DST_RULE.matcher(hex.get()).matches()) {
            throw malformed(parameters, name, hex.get());
        }
        try {
            return GreenButtonTime.Rule.parse(hex.get());
        } catch (IllegalArgumentException e) {
            throw malformed(parameters, name, hex.get());
        }
    }

    private MeterReading meterReading(GreenButtonEntry entry, List<GreenButtonEntry> owned)
            throws Unreadable {
        var type = readingTypeOf(entry);
        var length = type.flatMap(ReadingType::intervalLength);
        var parsed = new ArrayList<IntervalBlock>();
        for (var each : owned) {
            for (var block : each.objects()) {
                if (block.name().equals("IntervalBlock")) {
                    parsed.add(block(block, length));
                }
            }
        }
        var series = new MeterReading(entry.self(), entry.title(), type, parsed);
        refuseUndated(series.readings());
        return series;
    }

    /// A reading type stands in an entry of its own, or in the meter reading itself.
    private Optional<ReadingType> readingTypeOf(GreenButtonEntry meterReading) throws Unreadable {
        var inside =
                object(meterReading, "MeterReading").flatMap(each -> each.first("ReadingType"));
        var element =
                inside.or(() ->
                        readingTypes
                                .usedBy(meterReading)
                                .or(this::typeOfTheOnlySeries)
                                .flatMap(entry -> object(entry, "ReadingType")));
        return element.isEmpty() ? Optional.empty() : Optional.of(readingType(element.get()));
    }

    private Optional<GreenButtonEntry> typeOfTheOnlySeries() {
        boolean isOnly = meterReadings.all().size() == 1 && readingTypes.all().size() == 1;
        return isOnly ? Optional.of(readingTypes.all().getFirst()) : Optional.empty();
    }

    private static ReadingType readingType(XmlElement type) throws Unreadable {
        var length = number(type, "intervalLength");
        int multiplier = code(type, "powerOfTenMultiplier").orElse(0);
        if (Math.abs(multiplier) > 12) { // ESPI's UnitMultiplierKind goes from pico to tera
            throw malformed(type, "powerOfTenMultiplier", String.valueOf(multiplier));
        }
        return new ReadingType(
                code(type, "uom"),
                multiplier,
                code(type, "flowDirection"),
                length.isPresent() && length.getAsLong() > 0
                        ? Optional.of(Duration.ofSeconds(length.getAsLong()))
                        : Optional.empty(),
                currency(type));
    }

    /// ISO 4217 by number; 0 stands for none.
    private static Optional<Currency> currency(XmlElement element) throws Unreadable {
        int code = code(element, "currency").orElse(0);
        return Currency.availableCurrencies()
                .filter(each -> code != 0 && each.getNumericCode() == code)
                .findFirst();
    }

    private static IntervalBlock block(XmlElement block, Optional<Duration> length)
            throws Unreadable {
        var interval = block.first("interval");
        var readings = new ArrayList<Reading>();
        for (var each : block.all("IntervalReading").toList()) {
            readings.add(reading(each, length));
        }
        return new IntervalBlock(
                interval.isEmpty() ? Optional.empty() : period(interval.get()), readings);
    }

    private static Reading reading(XmlElement reading, Optional<Duration> length)
            throws Unreadable {
        var time = reading.first("timePeriod");
        if (time.isEmpty() || time.get().textOf("start").isEmpty()) {
            throw new Unreadable(
                    Reason.UNDATED, "the reading in line " + reading.line() + " says no time");
        }
        var start = instant(time.get());
        var duration = number(time.get(), "duration");
        var lasts =
                duration.isPresent()
                        ? Optional.of(Duration.ofSeconds(duration.getAsLong()))
                        : length;
        if (lasts.isEmpty() || !lasts.get().isPositive() || tooLong(start, lasts.get())) {
            throw new Unreadable(
                    Reason.UNDATED,
                    "the reading in line " + reading.line() + " does not say how long it is");
        }
        var qualities = new ArrayList<Integer>();
        for (var quality : reading.all("ReadingQuality").toList()) {
            code(quality, "quality").ifPresent(qualities::add);
        }
        return new Reading(
                Period.starting(start, lasts.get()),
                number(reading, "value"),
                number(reading, "cost"),
                qualities,
                reading.line());
    }

    private static boolean tooLong(Instant start, Duration length) {
        return length.compareTo(Duration.between(start, LATEST)) > 0;
    }

    private static Instant instant(XmlElement time) throws Unreadable {
        var text = time.textOf("start").orElse("");
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            throw new Unreadable(
                    Reason.UNDATED,
                    "the start '"
                            + ReadingRows.shown(text)
                            + "' in line "
                            + time.line()
                            + " is no whole number of seconds since 1970");
        }
        long seconds = Long.parseLong(text);
        if (seconds < 0 || seconds >= LATEST.getEpochSecond()) {
            throw malformed(time, "start", text);
        }
        return Instant.ofEpochSecond(seconds);
    }

    /// A period that is only told, and that nothing depends on.
    private static Optional<Period> period(XmlElement time) throws Unreadable {
        if (time.textOf("start").isEmpty()) {
            return Optional.empty();
        }
        var start = instant(time);
        long duration = number(time, "duration").orElse(0);
        return duration > 0 && !tooLong(start, Duration.ofSeconds(duration))
                ? Optional.of(Period.starting(start, Duration.ofSeconds(duration)))
                : Optional.empty();
    }

    /// Some exports stamp all readings with the time of the export.
    private static void refuseUndated(List<Reading> readings) throws Unreadable {
        if (readings.size() > 1
                && readings.stream().map(each -> each.period().start()).distinct().count() == 1) {
            throw new Unreadable(
                    Reason.UNDATED,
                    "all "
                            + readings.size()
                            + " readings of a series start at "
                            + readings.getFirst().period().start()
                            + ": nobody knows when they were measured");
        }
    }

    private static List<Summary> summariesIn(List<GreenButtonEntry> entries) throws Unreadable {
        var all = new ArrayList<Summary>();
        for (var entry : entries) {
            for (var object : entry.objects()) {
                if (object.name().endsWith("UsageSummary")) {
                    all.add(summary(object));
                }
            }
        }
        return all;
    }

    private static Summary summary(XmlElement summary) throws Unreadable {
        var billing = summary.first("billingPeriod");
        var consumed = summary.first("overallConsumptionLastPeriod");
        return new Summary(
                billing.isEmpty() ? Optional.empty() : period(billing.get()),
                number(summary, "billLastPeriod"),
                currency(summary),
                consumed.isEmpty() ? Optional.empty() : quantity(consumed.get()));
    }

    private static Optional<Quantity> quantity(XmlElement quantity) throws Unreadable {
        var value = number(quantity, "value");
        return value.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Quantity(
                                value.getAsLong(),
                                code(quantity, "uom"),
                                code(quantity, "powerOfTenMultiplier").orElse(0)));
    }

    private static OptionalInt code(XmlElement parent, String name) throws Unreadable {
        var number = number(parent, name);
        if (number.isEmpty()) {
            return OptionalInt.empty();
        }
        if (Math.abs(number.getAsLong()) > Short.MAX_VALUE) {
            throw malformed(parent, name, String.valueOf(number.getAsLong()));
        }
        return OptionalInt.of(Math.toIntExact(number.getAsLong()));
    }

    private static OptionalLong number(XmlElement parent, String name) throws Unreadable {
        var text = parent.textOf(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!WHOLE_NUMBER.matcher(text.get()).matches()) {
            throw malformed(parent, name, text.get());
        }
        return OptionalLong.of(Long.parseLong(text.get()));
    }

    private static Unreadable malformed(XmlElement parent, String name, String value) {
        return new Unreadable(
                Reason.MALFORMED,
                "'"
                        + ReadingRows.shown(value)
                        + "' in line "
                        + parent.line()
                        + " is no "
                        + name
                        + " of "
                        + parent.name());
    }
}
