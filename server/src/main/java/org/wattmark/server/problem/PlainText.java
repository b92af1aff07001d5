package org.wattmark.server.problem;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.jdk.StringDeserializer;
import tools.jackson.databind.deser.std.StdScalarDeserializer;

/// Refuses what JSON can write and nobody can keep: half a surrogate pair has no bytes of its own,
/// and no database keeps U+0000.
final class PlainText extends StdScalarDeserializer<String> {

    PlainText() {
        super(String.class);
    }

    @Override
    public @Nullable String deserialize(JsonParser parser, DeserializationContext context) {
        var text = StringDeserializer.instance.deserialize(parser, context);
        if (text != null && !isText(text)) {
            var why = new IllegalArgumentException("holds U+0000 or half a character: not a text");
            throw DatabindException.from(parser, "no text", why);
        }
        return text;
    }

    private static boolean isText(String words) {
        return words.codePoints()
                .allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE);
    }
}
