package org.wattmark.tlog;

import java.nio.ByteBuffer;
import java.security.PublicKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A public key that verifies notes, written `<name>+<key id in hex>+<base64 of type and key>`
/// (vkey).
public final class VerifierKey {

    private static final Pattern VKEY = Pattern.compile("([^+]+)\\+([0-9a-f]{8})\\+(.+)");

    private final String name;
    private final SignatureType type;
    private final byte[] raw;
    private final PublicKey key;
    private final int keyId;

    VerifierKey(String name, SignatureType type, byte[] raw) {
        NoteSignature.requireName(name);
        this.name = name;
        this.type = type;
        this.raw = raw;
        this.key = type.algorithm.publicKey(raw);
        this.keyId = keyIdOf(name, type, raw);
    }

    public static VerifierKey parse(String vkey) {
        var parts = VKEY.matcher(vkey);
        if (!parts.matches()) {
            throw new MalformedException("not a verifier key: " + vkey);
        }
        var typed = Strict.base64(parts.group(3));
        var type = SignatureType.of(typed[0]);
        var raw = Arrays.copyOfRange(typed, 1, typed.length);
        var key = new VerifierKey(parts.group(1), type, raw);
        if (!key.toString().equals(vkey)) {
            throw new MalformedException("the key id is not that of the key: " + vkey);
        }
        return key;
    }

    /// Throws [MalformedException] unless a key may have this name.
    public static void requireName(String name) {
        NoteSignature.requireName(name);
    }

    public String name() {
        return name;
    }

    public SignatureType type() {
        return type;
    }

    public int keyId() {
        return keyId;
    }

    /// `SHA-256(name || 0x0A || type || public key)[:4]`, big-endian.
    private static int keyIdOf(String name, SignatureType type, byte[] raw) {
        var digest = Merkle.sha256();
        digest.update(Strict.utf8(name));
        digest.update((byte) '\n');
        digest.update(type.id);
        digest.update(raw);
        return ByteBuffer.wrap(digest.digest()).getInt();
    }

    /// The name and the key id: `example.com/log+c74f20a3`.
    public String fingerprint() {
        return NoteSignature.fingerprint(name, keyId);
    }

    /// Whether `signature` says that this key made it.
    boolean claims(NoteSignature signature) {
        return signature.name().equals(name) && signature.keyId() == keyId;
    }

    /// Whether this key made `signature` on `text`.
    public boolean verifies(String text, NoteSignature signature) {
        if (!claims(signature)) {
            return false;
        }
        var bytes = signature.signature();
        return type == SignatureType.ED25519
                ? type.algorithm.verify(key, Strict.utf8(text), bytes)
                : verifiesTimestamped(text, bytes);
    }

    private boolean verifiesTimestamped(String text, byte[] timestamped) {
        long seconds = Cosignature.seconds(timestamped);
        if (seconds < 0 || seconds > Instant.MAX.getEpochSecond()) {
            return false;
        }
        byte[] message;
        try {
            message = Cosignature.message(type, name, seconds, text);
        } catch (MalformedException e) {
            return false; // no witness cosigns what is no checkpoint
        }
        return type.algorithm.verify(key, message, Cosignature.signature(timestamped));
    }

    /// Whether another name or type stands for the same key, which then must not count twice.
    boolean isSameKey(VerifierKey other) {
        return Arrays.equals(raw, other.raw);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VerifierKey && toString().equals(other.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }

    /// The vkey.
    @Override
    public String toString() {
        return name + "+" + HexFormat.of().toHexDigits(keyId) + "+" + typed(type, raw);
    }

    static String typed(SignatureType type, byte[] key) {
        return Strict.base64(ByteBuffer.allocate(1 + key.length).put(type.id).put(key).array());
    }
}
