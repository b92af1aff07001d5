package org.wattmark.server.audit;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.audit.Schema.Column;

/// Another value for a column, by its type: near to the old one, so that only a close look tells.
final class OtherValue {

    private final JdbcClient jdbc;
    private final RandomGenerator random;

    OtherValue(JdbcClient jdbc, RandomGenerator random) {
        this.jdbc = jdbc;
        this.random = random;
    }

    /// An SQL expression for another value than this one.
    String than(Column column, Optional<String> before) {
        if (before.isEmpty()) {
            return literal(fresh(column.type()), column.type());
        }
        if (random.nextInt(column.nullable() ? 4 : 12) == 0) {
            return "null";
        }
        var name = "\"" + column.name() + "\"";
        var text = before.get();
        return switch (column.type()) {
            case "bigint", "integer" -> literal(otherNumber(text, 30), column.type());
            case "smallint" -> literal(otherNumber(text, 3), column.type());
            case "numeric" ->
                    literal(new BigDecimal(text).add(new BigDecimal("0.001")), column.type());
            case "numeric(40,0)" ->
                    literal(new BigDecimal(text).add(BigDecimal.ONE), column.type());
            case "boolean" -> "not " + name;
            case "date" -> name + (random.nextBoolean() ? " + 1" : " - 1");
            case "timestamp with time zone" ->
                    "%s + interval '%d microseconds'"
                            .formatted(name, random.nextBoolean() ? 1 : -900_000_000L);
            case "bytea" -> literal(otherBytes(text), column.type());
            case "uuid" -> literal(otherHex(text), column.type());
            case "bigint[]" -> "array_append(" + name + ", 7)";
            case "text[]" -> "array_append(" + name + ", 'x')";
            case "jsonb" -> name + " || '{\"money:EUR\": 7, \"x\": 1}'";
            case "json" -> literal(otherJson(text), column.type());
            case "tstzrange" -> otherRange().formatted(name);
            case "tstzmultirange" -> name + " + '{[2031-01-01,2031-01-02)}'::tstzmultirange";
            default -> literal(otherText(column, text), column.type());
        };
    }

    /// Other bounds of the same time, or a second less.
    private String otherRange() {
        return random.nextBoolean()
                ? "tstzrange(lower(%1$s), upper(%1$s), '(]')"
                : "tstzrange(lower(%1$s) + interval '1 s', upper(%1$s), '[)')";
    }

    private static String literal(Object value, String type) {
        return "'" + value.toString().replace("'", "''") + "'::" + type;
    }

    /// For a column that has none.
    private static String fresh(String type) {
        return switch (type) {
            case "timestamp with time zone" -> "2026-06-01T00:00:00Z";
            case "smallint" -> "0";
            case "uuid" -> "00000000-0000-4000-8000-000000000001";
            case "bytea" -> "\\x";
            case "bigint", "integer" -> "1";
            default -> "x";
        };
    }

    private String otherNumber(String text, int bits) {
        long number = Long.parseLong(text);
        return Long.toString(
                switch (random.nextInt(3)) {
                    case 0 -> number + 1;
                    case 1 -> number - 1;
                    default -> number ^ (1L << random.nextInt(bits));
                });
    }

    private String otherBytes(String text) {
        var bytes = HexFormat.of().parseHex(text.substring(2));
        if (bytes.length == 0 || random.nextInt(8) == 0) {
            return text + "00";
        }
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return "\\x" + HexFormat.of().formatHex(bytes);
    }

    private String otherHex(String uuid) {
        int at = uuid.lastIndexOf('-') + 1 + random.nextInt(12);
        int digit = Character.digit(uuid.charAt(at), 16) ^ (1 << random.nextInt(4));
        return uuid.substring(0, at) + Character.forDigit(digit, 16) + uuid.substring(at + 1);
    }

    /// The same in other words, or something else.
    private String otherJson(String text) {
        var digit = text.replaceFirst("[0-8]", "9");
        return random.nextBoolean() || digit.equals(text) ? text.replaceFirst("\\{", "{ ") : digit;
    }

    /// What another row has, what differs in one letter, or in their case.
    private String otherText(Column column, String text) {
        return switch (random.nextInt(4)) {
            case 0 ->
                    jdbc.sql(
                                    "select min(\"%1$s\") from %2$s where \"%1$s\" <> ?"
                                            .formatted(column.name(), column.table()))
                            .param(text)
                            .query((row, _) -> Objects.requireNonNullElse(row.getString(1), "x"))
                            .single();
            case 1 -> text.toLowerCase(Locale.ROOT);
            case 2 -> text + " ";
            default -> otherLetter(text);
        };
    }

    private String otherLetter(String text) {
        if (text.isEmpty()) {
            return "x";
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at)
                + (text.charAt(at) == 'a' ? 'b' : 'a')
                + text.substring(at + 1);
    }
}
