package org.wattmark.server.carboncred.api;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.ValueDeserializer;

/// Reads numbers as clients of CarbonCred write them: as numbers or as texts of digits. Either way
/// the value is what was written, to the last digit; nothing goes through a `double`.
final class Lenient {

    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,40}(\\.\\d{1,40})?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,9}");
    private static final int LONGEST_NAME = 200;

    private Lenient() {}

    /// `12.5` or `"12.5"`. How large and how exact it may be is for the endpoint to say.
    static final class Decimal extends ValueDeserializer<BigDecimal> {

        @Override
        public BigDecimal deserialize(JsonParser parser, DeserializationContext context) {
            if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                    || parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT) {
                return parser.getDecimalValue();
            }
            if (parser.currentToken() == JsonToken.VALUE_STRING
                    && DECIMAL.matcher(parser.getString().strip()).matches()) {
                return new BigDecimal(parser.getString().strip());
            }
            throw context.weirdStringException(
                    shown(parser), BigDecimal.class, "A valid number is required.");
        }
    }

    /// `3` or `"3"`.
    static final class Whole extends ValueDeserializer<Integer> {

        @Override
        public Integer deserialize(JsonParser parser, DeserializationContext context) {
            var token = parser.currentToken();
            boolean told = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
            if (told && WHOLE.matcher(parser.getString().strip()).matches()) {
                return Integer.valueOf(parser.getString().strip());
            }
            throw context.weirdStringException(
                    shown(parser), Integer.class, "A valid integer is required.");
        }
    }

    /// Who is meant: a text, or a number as other systems count people.
    static final class Name extends ValueDeserializer<String> {

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) {
            var token = parser.currentToken();
            boolean told = token == JsonToken.VALUE_NUMBER_INT || token == JsonToken.VALUE_STRING;
            if (told && parser.getString().length() <= LONGEST_NAME) {
                return parser.getString().strip();
            }
            throw context.weirdStringException(shown(parser), String.class, "Not a valid id.");
        }
    }

    private static String shown(JsonParser parser) {
        var text = parser.currentToken().isScalarValue() ? parser.getString() : "";
        return text == null || text.length() > LONGEST_NAME ? "" : text;
    }
}
