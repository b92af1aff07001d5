package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.wattmark.units.Sha256;

/// An API key as text: `wm_live_` or `wm_test_`, 43 random characters, 6 of checksum.
///
/// The prefix lets scanners of source code find keys that leaked, and the checksum, CRC-32 in base
/// 62, tells them and us a real key from a text that only looks like one, without asking the
/// database. The form is GitHub's (github.blog, "Behind GitHub's new authentication token formats",
/// 2021). Letters and digits only, so that a double click marks it whole.
public final class KeyText {

    private static final String DIGITS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// 43 characters of 62 are 256 bits.
    private static final int RANDOM_LENGTH = 43;

    private static final int CHECKSUM_LENGTH = 6;

    private static final Pattern FORM = Pattern.compile("wm_(live|test)_[0-9A-Za-z]{49}");

    private static final SecureRandom RANDOM = new SecureRandom();

    private KeyText() {}

    /// Draws a new key.
    ///
    /// @param test whether it is for an organisation of class TEST
    public static String draw(boolean test) {
        var text = new StringBuilder(test ? "wm_test_" : "wm_live_");
        for (int i = 0; i < RANDOM_LENGTH; i++) {
            text.append(DIGITS.charAt(RANDOM.nextInt(DIGITS.length())));
        }
        return text + checksum(text.toString());
    }

    /// Whether it begins as a key does, and so is meant to be one.
    static boolean looksLikeOne(String text) {
        return text.startsWith("wm_live_") || text.startsWith("wm_test_");
    }

    /// Whether it is whole: of the right form, and no character was mistyped or lost.
    static boolean isWhole(String text) {
        int end = text.length() - CHECKSUM_LENGTH;
        return FORM.matcher(text).matches()
                && text.substring(end).equals(checksum(text.substring(0, end)));
    }

    /// What a key is known by in lists: enough to tell two apart, far too little to guess the rest.
    public static String hint(String text) {
        return text.substring(0, 12) + "…";
    }

    /// What is kept of it. The key is random, so a fast hash is enough.
    public static byte[] hash(String text) {
        return Sha256.of(text.getBytes(US_ASCII));
    }

    private static String checksum(String text) {
        var crc = new CRC32();
        crc.update(text.getBytes(US_ASCII));
        long value = crc.getValue();
        var digits = new StringBuilder();
        for (int i = 0; i < CHECKSUM_LENGTH; i++) { // 62^6 is more than 2^32
            digits.append(DIGITS.charAt((int) (value % DIGITS.length())));
            value /= DIGITS.length();
        }
        return digits.reverse().toString();
    }
}
