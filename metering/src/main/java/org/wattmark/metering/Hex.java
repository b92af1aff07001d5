package org.wattmark.metering;

import java.util.regex.Pattern;

/// The one text form of keys, digests and signatures: lower-case hexadecimal digits.
final class Hex {

    private static final Pattern DIGITS = Pattern.compile("[0-9a-f]*");

    private Hex() {}

    static void require(String hex, int bytes, String what) {
        if (hex.length() != 2 * bytes || !DIGITS.matcher(hex).matches()) {
            throw new IllegalArgumentException(
                    what + " is " + 2 * bytes + " lower-case hexadecimal digits");
        }
    }
}
