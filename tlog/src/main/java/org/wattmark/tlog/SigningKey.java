package org.wattmark.tlog;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A private key, written `PRIVATE+KEY+<name>+<key id in hex>+<base64 of type and seed>`.
///
/// It signs whatever it is given. A log signs through its [Signer], which remembers what was
/// signed.
public final class SigningKey {

    private static final Pattern SKEY =
            Pattern.compile("PRIVATE\\+KEY\\+([^+]+)\\+([0-9a-f]{8})\\+(.+)");

    private final SignatureType type;
    private final byte[] seed;
    private final PrivateKey key;
    private final VerifierKey verifierKey;

    private SigningKey(String name, SignatureType type, byte[] seed) {
        this.type = type;
        this.seed = seed;
        var keys = type.algorithm.keysOf(seed);
        this.key = keys.getPrivate();
        this.verifierKey = new VerifierKey(name, type, type.algorithm.rawOf(keys.getPublic()));
    }

    /// A new key from the system's secure randomness.
    public static SigningKey generate(String name, SignatureType type) {
        var seed = new byte[Algorithm.SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return new SigningKey(name, type, seed);
    }

    /// The messages never repeat the text: it is secret.
    public static SigningKey parse(String skey) {
        var parts = SKEY.matcher(skey);
        if (!parts.matches()) {
            throw new MalformedException("not a private key");
        }
        var key = ofParts(parts.group(1), parts.group(3));
        if (!key.format().equals(skey)) {
            throw new MalformedException("the key id is not that of the private key");
        }
        return key;
    }

    private static SigningKey ofParts(String name, String base64) {
        byte[] typed;
        try {
            typed = Strict.base64(base64);
        } catch (MalformedException e) {
            throw new MalformedException("the private key is not base64");
        }
        var type = SignatureType.of(typed[0]);
        if (typed.length != 1 + Algorithm.SEED_BYTES) {
            throw new MalformedException("the private key is not of 32 bytes");
        }
        return new SigningKey(name, type, Arrays.copyOfRange(typed, 1, typed.length));
    }

    /// The secret itself, for the key file.
    String format() {
        return "PRIVATE+KEY+%s+%s+%s"
                .formatted(
                        verifierKey.name(),
                        HexFormat.of().toHexDigits(verifierKey.keyId()),
                        VerifierKey.typed(type, seed));
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /// Signs a text, as a log does.
    NoteSignature sign(String text) {
        require(type == SignatureType.ED25519);
        return signatureOf(type.algorithm.sign(key, Strict.utf8(text)));
    }

    /// Signs a checkpoint as a witness that saw it at `time`, whole seconds of which count.
    public NoteSignature cosign(SignedCheckpoint seen, Instant time) {
        require(type.isCosignature());
        long seconds = time.getEpochSecond();
        var message = Cosignature.message(type, verifierKey.name(), seconds, seen.note().text());
        return signatureOf(Cosignature.encode(seconds, type.algorithm.sign(key, message)));
    }

    private NoteSignature signatureOf(byte[] bytes) {
        return NoteSignature.of(verifierKey.name(), verifierKey.keyId(), bytes);
    }

    private void require(boolean suitable) {
        if (!suitable) {
            throw new IllegalStateException("the key " + verifierKey + " is of type " + type);
        }
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "private key of " + verifierKey;
    }
}
