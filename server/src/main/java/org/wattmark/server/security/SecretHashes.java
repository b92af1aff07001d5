package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.wattmark.units.Sha256;

/// What is kept of a secret: a slow hash of what a person chose, a fast one of what we drew.
///
/// A password is guessable, so a guess has to be dear. A machine's secret has 256 random bits,
/// which no number of guesses finds; there a slow hash would only let strangers keep us busy.
public final class SecretHashes implements PasswordEncoder {

    private static final String DRAWN = "sha256$";

    /// Argon2id with 19 MiB, 2 passes and 1 lane: the first choice of OWASP's password cheat sheet.
    private final PasswordEncoder argon2 = new Argon2PasswordEncoder(16, 32, 1, 19 * 1024, 2);

    /// The hash of a password.
    @Override
    public @Nullable String encode(@Nullable CharSequence password) {
        return argon2.encode(password);
    }

    /// The hash of a secret from `RandomSecret`.
    public static String ofDrawn(String secret) {
        return DRAWN + HexFormat.of().formatHex(Sha256.of(secret.getBytes(UTF_8)));
    }

    @Override
    public boolean matches(@Nullable CharSequence secret, @Nullable String hash) {
        if (secret == null || hash == null) {
            return false;
        }
        return hash.startsWith(DRAWN)
                ? MessageDigest.isEqual(
                        ofDrawn(secret.toString()).getBytes(UTF_8), hash.getBytes(UTF_8))
                : argon2.matches(secret, hash);
    }
}
