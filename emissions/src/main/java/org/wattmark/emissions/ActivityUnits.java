package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import javax.measure.IncommensurableException;
import javax.measure.Unit;
import javax.measure.UnitConverter;
import javax.measure.format.MeasurementParseException;
import org.wattmark.emissions.ActivityUnit.Dimension;
import org.wattmark.emissions.ActivityUnit.Heat;
import tech.units.indriya.format.SimpleUnitFormat;
import tech.units.indriya.unit.Units;

/// Reads the units that people write: those of bills by name, others of the SI by indriya, a
/// reading of JSR 385. What may be meant in two ways is asked, never guessed.
public final class ActivityUnits {

    private static final Map<String, ActivityUnit> BY_NAME = new HashMap<>();
    private static final Map<String, ActivityUnit> BY_SYMBOL = new HashMap<>();
    private static final Map<String, Optional<ActivityUnit>> OTHERS = new ConcurrentHashMap<>();

    /// So many odd units are remembered; a file that is full of them is a file of errors.
    private static final int MOST_REMEMBERED = 1_000;

    private static final Pattern SIMPLE = Pattern.compile("[A-Za-zµ³²]{1,12}");

    private static final Map<String, List<String>> AMBIGUOUS =
            Map.of(
                    "gal", List.of("gallons (US)", "gallons (imperial)"),
                    "gals", List.of("gallons (US)", "gallons (imperial)"),
                    "gallon", List.of("gallons (US)", "gallons (imperial)"),
                    "gallons", List.of("gallons (US)", "gallons (imperial)"),
                    "ton", List.of("tonnes", "short tons", "long tons"),
                    "tons", List.of("tonnes", "short tons", "long tons"),
                    "ton-miles", List.of("short ton-miles", "tonne.km"),
                    "units", List.of("kWh", "cubic metres"),
                    "kw", List.of("kWh"),
                    "mw", List.of("MWh"));

    static {
        TsvFile.rows("activity-units.tsv", "symbol", "dimension", "in_base", "heat", "aliases")
                .forEach(ActivityUnits::add);
    }

    private ActivityUnits() {}

    private static void add(String[] row) {
        var unit =
                new ActivityUnit(
                        row[0],
                        Dimension.valueOf(row[1]),
                        new BigDecimal(row[2]),
                        Heat.valueOf(row[3]));
        BY_SYMBOL.put(row[0], unit);
        putOnce(row[0].toLowerCase(Locale.ROOT), unit);
        for (var alias : row[4].split("\\|")) {
            if (!alias.isEmpty() && !alias.equals(row[0].toLowerCase(Locale.ROOT))) {
                putOnce(alias, unit);
            }
        }
    }

    private static void putOnce(String name, ActivityUnit unit) {
        if (BY_NAME.put(name, unit) != null) {
            throw new IllegalStateException("a unit's name stands twice: " + name);
        }
    }

    /// What came of reading a unit.
    public sealed interface Reading {

        record Understood(ActivityUnit unit) implements Reading {}

        /// @param ask what to say instead
        /// @param candidates units that may be meant
        record Asked(String ask, List<String> candidates) implements Reading {}
    }

    /// Reads a unit; case counts only where two units differ by nothing else.
    public static Reading read(String text) {
        var name = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        var exact = BY_SYMBOL.get(text.strip());
        var known = exact == null ? BY_NAME.get(name) : exact;
        if (known != null) {
            return new Reading.Understood(known);
        }
        var meanings = AMBIGUOUS.get(name);
        if (meanings != null) {
            var ask =
                    name.endsWith("w")
                            ? "is power, not energy"
                            : "may be meant in " + meanings.size() + " ways";
            return new Reading.Asked(
                    "“" + text.strip() + "” " + ask + ": write " + String.join(" or ", meanings),
                    meanings);
        }
        return other(text.strip())
                .<Reading>map(Reading.Understood::new)
                .orElseGet(() ->
                        new Reading.Asked(
                                "“"
                                        + shortened(text)
                                        + "” is no unit that is known: write one"
                                        + " such as kWh, litres, kg, km, tonne.km",
                                List.of("kWh", "MWh", "litres", "cubic metres", "kg", "tonnes")));
    }

    private static String shortened(String text) {
        var one = text.strip();
        return one.length() <= 40 ? one : one.substring(0, 40) + "…";
    }

    /// The unit of this symbol, which is one of ours.
    static ActivityUnit of(String symbol) {
        var unit = BY_SYMBOL.get(symbol);
        if (unit == null) {
            throw new IllegalArgumentException("not a unit of the table: " + symbol);
        }
        return unit;
    }

    private static Optional<ActivityUnit> other(String symbol) {
        if (!SIMPLE.matcher(symbol).matches()) {
            return Optional.empty();
        }
        var known = OTHERS.get(symbol);
        if (known != null) {
            return known;
        }
        var read = ofSi(symbol);
        if (OTHERS.size() < MOST_REMEMBERED) {
            OTHERS.put(symbol, read);
        }
        return read;
    }

    /// A unit of the SI with its prefix, such as `TJ`, `dl` or `Mg`.
    private static Optional<ActivityUnit> ofSi(String symbol) {
        try {
            var unit = SimpleUnitFormat.getInstance().parse(symbol);
            return inBase(symbol, unit, Units.JOULE, Dimension.ENERGY)
                    .or(() -> inBase(symbol, unit, Units.LITRE, Dimension.VOLUME))
                    .or(() -> inBase(symbol, unit, Units.KILOGRAM, Dimension.MASS))
                    .or(() -> inBase(symbol, unit, Units.METRE, Dimension.DISTANCE));
        } catch (MeasurementParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<ActivityUnit> inBase(
            String symbol, Unit<?> unit, Unit<?> base, Dimension dimension) {
        if (!unit.isCompatible(base)) {
            return Optional.empty();
        }
        UnitConverter converter;
        try {
            converter = unit.getConverterToAny(base);
        } catch (IncommensurableException e) {
            throw new AssertionError("asked just before", e);
        }
        if (!converter.isLinear()) {
            return Optional.empty();
        }
        var factor = new BigDecimal(converter.convert(BigDecimal.ONE).toString());
        // A prefix of the SI is a power of ten: anything else is not exact here.
        var power = factor.stripTrailingZeros();
        return power.unscaledValue().equals(BigInteger.ONE)
                ? Optional.of(
                        new ActivityUnit(
                                symbol,
                                dimension,
                                factor.setScale(
                                        Math.max(0, power.scale()), RoundingMode.UNNECESSARY),
                                Heat.NONE))
                : Optional.empty();
    }
}
