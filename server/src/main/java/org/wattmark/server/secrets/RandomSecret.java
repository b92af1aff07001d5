package org.wattmark.server.secrets;

import java.security.SecureRandom;
import java.util.Base64;

/// Secrets that nobody chose.
public final class RandomSecret {

    /// 256 bits; OWASP ASVS 5.0 (11.5.1) asks for 128 at the least.
    private static final int BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomSecret() {}

    /// Makes a secret of 43 characters that need no quoting in a URL, in SQL or in a shell.
    public static String make() {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }
}
