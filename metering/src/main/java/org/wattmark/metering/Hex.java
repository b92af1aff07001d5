package org.wattmark.metering;

/// The one text form of keys, digests and signatures: lower-case hexadecimal digits.
final class Hex {

    private Hex() {}

    static void require(String hex, int bytes, String what) {
        if (hex.length() != 2 * bytes || !isHex(hex)) {
            throw new IllegalArgumentException(
                    what + " is " + 2 * bytes + " lower-case hexadecimal digits");
        }
    }

    /// A pattern would take a tenth of what a signed reading costs.
    private static boolean isHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
