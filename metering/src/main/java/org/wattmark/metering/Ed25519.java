package org.wattmark.metering;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// Ed25519 by whichever security provider is installed first. The JDK's own checks about 1,600
/// signatures a second; the server installs a faster one, and nothing here changes.
final class Ed25519 {

    /// The DER bytes before the 32 of the key in a SubjectPublicKeyInfo (RFC 8410 §4).
    private static final byte[] PUBLIC_KEY_PREFIX =
            HexFormat.of().parseHex("302a300506032b6570032100");

    private Ed25519() {}

    /// Whatever is wrong with a stranger's key or signature is a no; a platform without Ed25519 is
    /// our own mistake.
    static boolean verify(byte[] key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance("Ed25519");
            verifier.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded(key))));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java platform has no Ed25519", e);
        } catch (InvalidKeySpecException | InvalidKeyException | SignatureException e) {
            return false;
        }
    }

    private static byte[] encoded(byte[] key) {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(PUBLIC_KEY_PREFIX);
        bytes.writeBytes(key);
        return bytes.toByteArray();
    }

    /// The last 32 bytes of a SubjectPublicKeyInfo.
    static byte[] raw(byte[] encoded) {
        var raw = new byte[32];
        System.arraycopy(encoded, encoded.length - raw.length, raw, 0, raw.length);
        return raw;
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signer = Signature.getInstance("Ed25519");
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("this private key does not sign Ed25519", e);
        }
    }
}
