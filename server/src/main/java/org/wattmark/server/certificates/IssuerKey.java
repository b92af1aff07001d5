package org.wattmark.server.certificates;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.wattmark.server.secrets.OwnerOnlyFile;

/// The key that signs credentials and status lists: `issuer.key` in the folder for keys, never in
/// the database. It is not the log's key, which signs checkpoints and nothing else.
///
/// It is made at the first start. What an earlier key signed stays verifiable while its public half
/// stands in `issuer.retired`, a line each.
final class IssuerKey {

    private static final int SEED_BYTES = 32;

    private final Ed25519PrivateKeyParameters key;
    private final List<String> retired;

    private IssuerKey(Ed25519PrivateKeyParameters key, List<String> retired) {
        this.key = key;
        this.retired = List.copyOf(retired);
    }

    static IssuerKey in(Path keys) {
        var file = keys.resolve("issuer.key");
        var secret = OwnerOnlyFile.readOrCreate(file, IssuerKey::make);
        var former = keys.resolve("issuer.retired");
        List<String> retired =
                Files.exists(former)
                        ? OwnerOnlyFile.read(former).lines().map(String::strip).toList()
                        : List.of();
        try {
            retired.forEach(it -> Multibase.decode(Multibase.ED25519_PUBLIC, it));
            return new IssuerKey(parse(secret), retired);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(file + " or " + former + " holds no key", e);
        }
    }

    /// @param secret `secretKeyMultibase`, as W3C Controlled Identifiers 1.0 has it
    static IssuerKey of(String secret) {
        return new IssuerKey(parse(secret), List.of());
    }

    private static Ed25519PrivateKeyParameters parse(String secret) {
        var seed = Multibase.decode(Multibase.ED25519_SECRET, secret);
        if (seed.length != SEED_BYTES) {
            throw new IllegalArgumentException("a secret key has 32 bytes");
        }
        return new Ed25519PrivateKeyParameters(seed);
    }

    private static String make() {
        var seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return Multibase.encode(Multibase.ED25519_SECRET, seed);
    }

    /// Ed25519 (RFC 8032) needs no randomness: the same message has the same signature.
    byte[] sign(byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    /// The public half, `publicKeyMultibase`.
    String multikey() {
        return Multibase.encode(Multibase.ED25519_PUBLIC, key.generatePublicKey().getEncoded());
    }

    /// This key and those before it, this one first.
    List<String> multikeys() {
        return Stream.concat(Stream.of(multikey()), retired.stream()).toList();
    }

    /// Never the secret.
    @Override
    public String toString() {
        return "issuer's key " + multikey();
    }
}
