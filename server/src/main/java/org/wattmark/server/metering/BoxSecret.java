package org.wattmark.server.metering;

import java.util.Locale;
import java.util.regex.Pattern;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.Nonce;

/// What the QR code in a device's box says: `WATTMARK1:<device>:<secret>`, each 64 hexadecimal
/// digits. Capitals make a smaller code (ISO/IEC 18004, alphanumeric mode).
record BoxSecret(MakerId device, Nonce secret) {

    private static final Pattern FORM = Pattern.compile("WATTMARK1:([0-9A-F]{64}):([0-9A-F]{64})");

    static BoxSecret of(String scanned) {
        var parts = FORM.matcher(scanned.strip().toUpperCase(Locale.ROOT));
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "the code in a device's box reads WATTMARK1:, 64 digits, a colon, 64 digits;"
                            + " this one has "
                            + scanned.strip().length()
                            + " characters: scan the code again, whole");
        }
        return new BoxSecret(
                new MakerId(parts.group(1).toLowerCase(Locale.ROOT)),
                new Nonce(parts.group(2).toLowerCase(Locale.ROOT)));
    }

    String text() {
        return ("WATTMARK1:" + device.hex() + ":" + secret.hex()).toUpperCase(Locale.ROOT);
    }

    /// A secret is not for logs.
    @Override
    public String toString() {
        return "the secret of " + device;
    }
}
