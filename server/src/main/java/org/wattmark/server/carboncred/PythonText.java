package org.wattmark.server.carboncred;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What Python's `str` makes of a value that was read from JSON: CarbonCred hashes that text, so it
/// has to be the same to the letter. The rules are those of CPython's `Objects/unicodeobject.c`
/// (`unicode_repr`), `Python/pystrtod.c` (`PyOS_double_to_string`, format `r`) and
/// `Objects/dictobject.c` (`dict_repr`).
final class PythonText {

    /// Python's `json` reads `NaN` and `Infinity` too, and writes them.
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

    /// Below this exponent of ten, and from the next one on, Python writes a float with `e`.
    private static final int SMALLEST_PLAIN_EXPONENT = -4;

    private static final int SMALLEST_LARGE_EXPONENT = 16;

    private PythonText() {}

    /// `str(json.loads(text))`.
    ///
    /// @throws IllegalArgumentException if the text is no JSON
    static String strOfJson(String text) {
        try {
            var value = JSON.readTree(text);
            return value.isString() ? value.stringValue() : repr(value);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("not JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String repr(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> "None";
            case BOOLEAN -> value.booleanValue() ? "True" : "False";
            case STRING -> reprOf(value.stringValue());
            case NUMBER ->
                    value.isIntegralNumber()
                            ? value.bigIntegerValue().toString()
                            : reprOf(value.doubleValue());
            case ARRAY -> joined(value.valueStream().map(PythonText::repr), "[", "]");
            case OBJECT ->
                    joined(
                            value.propertyStream()
                                    .map(it -> reprOf(it.getKey()) + ": " + repr(it.getValue())),
                            "{",
                            "}");
            case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not a value of JSON");
        };
    }

    private static String joined(Stream<String> parts, String before, String behind) {
        return parts.collect(Collectors.joining(", ", before, behind));
    }

    /// `repr` of a string: in single quotes, unless it has some and no double ones.
    static String reprOf(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var repr = new StringBuilder().append(quote);
        text.codePoints()
                .forEach(character -> {
                    switch (character) {
                        case '\\' -> repr.append("\\\\");
                        case '\t' -> repr.append("\\t");
                        case '\n' -> repr.append("\\n");
                        case '\r' -> repr.append("\\r");
                        default -> {
                            if (character == quote) {
                                repr.append('\\').append(quote);
                            } else if (isPrintable(character)) {
                                repr.appendCodePoint(character);
                            } else {
                                repr.append(escaped(character));
                            }
                        }
                    }
                });
        return repr.append(quote).toString();
    }

    private static String escaped(int character) {
        if (character <= 0xff) {
            return String.format(Locale.ROOT, "\\x%02x", character);
        }
        return String.format(Locale.ROOT, character <= 0xffff ? "\\u%04x" : "\\U%08x", character);
    }

    /// `str.isprintable`: by the general category, of Unicode 16 here as in Python 3.14.
    private static boolean isPrintable(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> true;
        };
    }

    /// `repr` of a float: the fewest digits that read back as the same number.
    static String reprOf(double number) {
        if (Double.isNaN(number)) {
            return "nan";
        }
        var sign = Double.doubleToRawLongBits(number) < 0 ? "-" : "";
        if (Double.isInfinite(number)) {
            return sign + "inf";
        }
        if (number == 0) {
            return sign + "0.0";
        }
        var shortest = shortest(Math.abs(number));
        int exponent = shortest.precision() - shortest.scale() - 1;
        if (exponent >= SMALLEST_PLAIN_EXPONENT && exponent < SMALLEST_LARGE_EXPONENT) {
            var plain = shortest.toPlainString();
            return sign + plain + (plain.indexOf('.') < 0 ? ".0" : "");
        }
        var digits = shortest.unscaledValue().toString();
        var fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        return String.format(
                Locale.ROOT,
                "%s%c%se%c%02d",
                sign,
                digits.charAt(0),
                fraction,
                exponent < 0 ? '-' : '+',
                Math.abs(exponent));
    }

    /// As `Double.toString`, which takes two digits even where one would do.
    private static BigDecimal shortest(double number) {
        var decimal = new BigDecimal(Double.toString(number)).stripTrailingZeros();
        if (decimal.precision() != 2) {
            return decimal;
        }
        var exact = new BigDecimal(number);
        return Stream.of(RoundingMode.FLOOR, RoundingMode.CEILING)
                .map(mode -> decimal.round(new MathContext(1, mode)))
                .filter(one -> one.doubleValue() == number)
                .min((a, b) -> a.subtract(exact).abs().compareTo(b.subtract(exact).abs()))
                .map(BigDecimal::stripTrailingZeros)
                .orElse(decimal);
    }
}
