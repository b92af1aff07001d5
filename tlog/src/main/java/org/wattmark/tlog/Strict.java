package org.wattmark.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.regex.Pattern;

/// Encodings read so strictly that one value has one spelling, and no changed byte goes unseen.
final class Strict {

    private static final Pattern DECIMAL = Pattern.compile("0|[1-9][0-9]{0,18}");

    private Strict() {}

    static String utf8(byte[] bytes) {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("not UTF-8", e);
        }
    }

    /// Refuses half a surrogate pair, which `String.getBytes` would turn into a question mark.
    static byte[] utf8(String text) {
        try {
            var encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            var bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw new MalformedException("not Unicode text", e);
        }
    }

    /// RFC 4648 section 4 with padding and zero trailing bits; the JDK's decoder asks for neither.
    static byte[] base64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedException("not base64: " + text, e);
        }
        if (!base64(bytes).equals(text)) {
            throw new MalformedException("not canonical base64: " + text);
        }
        return bytes;
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// ASCII decimal from 0 to 2^63 - 1 without leading zeroes.
    static long decimal(String text) {
        if (!DECIMAL.matcher(text).matches()) {
            throw new MalformedException("not a decimal number: " + text);
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedException("not below 2^63: " + text, e);
        }
    }
}
