package org.wattmark.server.problem;

import static org.springframework.http.HttpStatus.BAD_REQUEST;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/// What is wrong with a JSON body, said in the client's terms: its fields and its values.
final class UnreadableBody {

    private static final int LONGEST_VALUE = 100;

    /// Where Jackson says which value it would not take for another kind; its parser is gone by
    /// then.
    private static final Pattern COERCED = Pattern.compile("value \\(\"?(.*?)\"?\\) to ");

    private UnreadableBody() {}

    static Problem problem(@Nullable Throwable cause) {
        return switch (cause) {
            case BodyLimit.Passed _ -> BodyLimit.PROBLEM;
            case UnrecognizedPropertyException e -> unknownField(e);
            case InvalidFormatException e -> {
                var value = shown(e.getValue());
                yield invalidValue(e, value + " is not " + wanted(e.getTargetType()));
            }
            case ValueInstantiationException e -> invalidValue(e, reason(e));
            case MismatchedInputException e -> mismatched(e);
            case StreamReadException e when e.getCause() instanceof BodyLimit.Passed ->
                    BodyLimit.PROBLEM;
            case StreamReadException e -> malformed(e);
            case JacksonException e when e.getCause() instanceof BodyLimit.Passed ->
                    BodyLimit.PROBLEM;
            case JacksonException e -> invalidValue(e, reason(e));
            case null -> Problem.of(BAD_REQUEST, "body_missing", "The request needs a JSON body.");
            default -> problem(cause.getCause());
        };
    }

    private static Problem unknownField(UnrecognizedPropertyException e) {
        var name = e.getPropertyName();
        var known =
                e.getKnownPropertyIds() == null
                        ? ""
                        : e.getKnownPropertyIds().stream()
                                .map(Object::toString)
                                .sorted()
                                .collect(Collectors.joining(", ", "; known here: ", ""));
        return Problem.of(BAD_REQUEST, "unknown_field", "The field " + name + " is unknown.")
                .at(pointer(e.getPath()), "unknown field" + known);
    }

    private static Problem mismatched(MismatchedInputException e) {
        if (e.getPath().isEmpty() && e.getTargetType() == null) {
            return problem(null);
        }
        var not = "is not " + wanted(e.getTargetType());
        var value = COERCED.matcher(e.getOriginalMessage());
        return value.find()
                ? invalidValue(e, shown(value.group(1)) + " " + not)
                : invalidValue(e, not + ", or is missing");
    }

    private static Problem invalidValue(JacksonException e, String message) {
        var pointer = pointer(e.getPath());
        var place = pointer.isEmpty() ? "The body" : "The value at " + pointer;
        return Problem.of(BAD_REQUEST, "invalid_value", place + " cannot be taken: " + message)
                .at(pointer, message);
    }

    private static Problem malformed(StreamReadException e) {
        var where = e.getLocation();
        var detail =
                where == null
                        ? "The body is not JSON."
                        : "The body is not JSON: line %d, column %d."
                                .formatted(where.getLineNr(), where.getColumnNr());
        return Problem.of(BAD_REQUEST, "malformed_json", detail);
    }

    /// A domain type that refuses a value says why in its own words; other causes are our insides.
    private static String reason(JacksonException e) {
        return e.getCause() instanceof IllegalArgumentException refused
                        && refused.getMessage() != null
                ? refused.getMessage()
                : "wrong value";
    }

    private static String wanted(@Nullable Class<?> type) {
        if (type == null) {
            return "what is expected";
        }
        if (type.isEnum()) {
            return "one of " + List.of(type.getEnumConstants());
        }
        return switch (type.getSimpleName()) {
            case "int", "long", "Integer", "Long", "BigInteger" -> "a whole number in range";
            case "BigDecimal" -> "a decimal number";
            case "boolean", "Boolean" -> "true or false";
            case "String" -> "a text";
            case "UUID" -> "a UUID";
            case "Instant" -> "an RFC 3339 instant such as 2026-03-01T00:00:00Z";
            case "LocalDate" -> "a date such as 2026-03-01";
            case "List", "Set" -> "a list";
            default -> "of the expected form";
        };
    }

    private static String shown(@Nullable Object value) {
        var text = String.valueOf(value);
        return "'"
                + (text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) : text)
                + "'";
    }

    /// A JSON pointer, RFC 6901.
    private static String pointer(List<JacksonException.Reference> path) {
        return path.stream()
                .map(step ->
                        step.getPropertyName() == null
                                ? "/" + step.getIndex()
                                : "/"
                                        + step.getPropertyName()
                                                .replace("~", "~0")
                                                .replace("/", "~1"))
                .collect(Collectors.joining());
    }
}
