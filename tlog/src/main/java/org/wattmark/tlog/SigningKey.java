package org.wattmark.tlog;

import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A private key, written `PRIVATE+KEY+<name>+<key id in hex>+<base64 of type and seed>`; or, where
/// the secret lies in a [KeyVault], `HELD+KEY+<name>+<key id in hex>+<base64 of type and public
/// key>+<place>`.
///
/// It signs whatever it is given. A log signs through its [Signer], which remembers what was
/// signed.
public final class SigningKey {

    private static final Pattern SKEY =
            Pattern.compile("PRIVATE\\+KEY\\+([^+]+)\\+([0-9a-f]{8})\\+(.+)");

    private static final Pattern HELD = Pattern.compile("HELD\\+KEY\\+(.+)\\+([^+\\s]+)");

    private final VerifierKey verifierKey;
    private final Secret secret;

    private SigningKey(VerifierKey verifierKey, Secret secret) {
        this.verifierKey = verifierKey;
        this.secret = secret;
    }

    /// Where the private half is.
    private sealed interface Secret {

        @SuppressWarnings("ArrayRecordComponent") // never compared
        record Here(byte[] seed, PrivateKey key) implements Secret {}

        record Elsewhere(String place) implements Secret {}
    }

    private static SigningKey here(String name, SignatureType type, byte[] seed) {
        var keys = type.algorithm.keysOf(seed);
        return new SigningKey(
                new VerifierKey(name, type, type.algorithm.rawOf(keys.getPublic())),
                new Secret.Here(seed, keys.getPrivate()));
    }

    /// A new key from the system's secure randomness.
    public static SigningKey generate(String name, SignatureType type) {
        var seed = new byte[Algorithm.SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return here(name, type, seed);
    }

    /// A log's key whose private half lies in a vault.
    ///
    /// @param raw the public key, 32 bytes of RFC 8032
    /// @param place what the vault knows it by; no space and no plus
    static SigningKey heldElsewhere(String name, byte[] raw, String place) {
        var held =
                new SigningKey(
                        new VerifierKey(name, SignatureType.ED25519, raw.clone()),
                        new Secret.Elsewhere(place));
        return parse(held.format());
    }

    /// The messages never repeat the text: it is secret.
    public static SigningKey parse(String skey) {
        var held = HELD.matcher(skey);
        var parts = SKEY.matcher(skey);
        if (!held.matches() && !parts.matches()) {
            throw new MalformedException("not a private key");
        }
        var key =
                held.matches()
                        ? new SigningKey(
                                VerifierKey.parse(held.group(1)),
                                new Secret.Elsewhere(held.group(2)))
                        : ofParts(parts.group(1), parts.group(3));
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
        return here(name, type, Arrays.copyOfRange(typed, 1, typed.length));
    }

    /// The secret itself, or where it lies, for the key file.
    String format() {
        return switch (secret) {
            case Secret.Here(var seed, var _) ->
                    "PRIVATE+KEY+%s+%s+%s"
                            .formatted(
                                    verifierKey.name(),
                                    HexFormat.of().toHexDigits(verifierKey.keyId()),
                                    VerifierKey.typed(verifierKey.type(), seed));
            case Secret.Elsewhere(var place) -> "HELD+KEY+" + verifierKey + "+" + place;
        };
    }

    public VerifierKey verifierKey() {
        return verifierKey;
    }

    /// Signs a text, as a log does.
    NoteSignature sign(String text) {
        return sign(text, KeyVault.NONE);
    }

    NoteSignature sign(String text, KeyVault vault) {
        require(verifierKey.type() == SignatureType.ED25519);
        var message = Strict.utf8(text);
        return switch (secret) {
            case Secret.Here(var _, var key) ->
                    signatureOf(verifierKey.type().algorithm.sign(key, message));
            case Secret.Elsewhere(var place) -> checked(text, vault.sign(place, message));
        };
    }

    /// A vault is another machine: what it answers is not believed.
    private NoteSignature checked(String text, byte[] answer) {
        var signature = signatureOf(answer);
        if (!verifierKey.verifies(text, signature)) {
            throw new SigningRefusedException(
                    "what the vault signed with is not the key " + verifierKey.fingerprint());
        }
        return signature;
    }

    /// Signs a checkpoint as a witness that saw it at `time`, whole seconds of which count.
    public NoteSignature cosign(SignedCheckpoint seen, Instant time) {
        var type = verifierKey.type();
        require(type.isCosignature());
        if (!(secret instanceof Secret.Here(var _, var key))) {
            throw new IllegalStateException("a witness has its key in a file: " + this);
        }
        long seconds = time.getEpochSecond();
        var message = Cosignature.message(type, verifierKey.name(), seconds, seen.note().text());
        return signatureOf(Cosignature.encode(seconds, type.algorithm.sign(key, message)));
    }

    private NoteSignature signatureOf(byte[] bytes) {
        return NoteSignature.of(verifierKey.name(), verifierKey.keyId(), bytes);
    }

    private void require(boolean suitable) {
        if (!suitable) {
            throw new IllegalStateException(
                    "the key " + verifierKey + " is of type " + verifierKey.type());
        }
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "private key of " + verifierKey;
    }
}
