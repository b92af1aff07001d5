package org.wattmark.tlog;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.NamedParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/// The signature algorithms, by the JDK, on raw public keys and on seeds for private ones.
enum Algorithm {

    /// RFC 8032, in the X.509 form of RFC 8410 section 4.
    ED25519("Ed25519", 32, 64, "302a300506032b6570032100"),

    /// FIPS 204, in the X.509 form of RFC 9881 section 4.
    ML_DSA_44("ML-DSA-44", 1312, 2420, "30820532300b06096086480165030403110382052100");

    /// Either derives its keys from so many random bytes.
    static final int SEED_BYTES = 32;

    final int keyBytes;
    final int signatureBytes;
    private final String jdkName;

    /// What stands before the raw key in its X.509 form, in hexadecimal.
    private final String x509Prefix;

    Algorithm(String jdkName, int keyBytes, int signatureBytes, String x509Prefix) {
        this.jdkName = jdkName;
        this.keyBytes = keyBytes;
        this.signatureBytes = signatureBytes;
        this.x509Prefix = x509Prefix;
    }

    PublicKey publicKey(byte[] raw) {
        if (raw.length != keyBytes) {
            throw new MalformedException("a public key of " + raw.length + " bytes for " + this);
        }
        try {
            var prefix = HexFormat.of().parseHex(x509Prefix);
            var encoded = ByteBuffer.allocate(prefix.length + keyBytes).put(prefix).put(raw);
            var x509 = new X509EncodedKeySpec(encoded.array());
            var key = KeyFactory.getInstance(jdkName).generatePublic(x509);
            // For Ed25519 only this finds out whether the bytes are a point of the curve.
            Signature.getInstance(jdkName).initVerify(key);
            return key;
        } catch (GeneralSecurityException e) {
            throw new MalformedException("not a public key for " + this, e);
        }
    }

    boolean verify(PublicKey key, byte[] message, byte[] signature) {
        if (signature.length != signatureBytes) {
            return false;
        }
        try {
            var verifier = Signature.getInstance(jdkName);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false; // not a signature of any message
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the key was checked when it was read", e);
        }
    }

    byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signer = Signature.getInstance(jdkName);
            signer.initSign(key);
            signer.update(message);
            return signer.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the key is of this algorithm", e);
        }
    }

    /// The JDK makes both keys only when it generates a pair, so it is given the seed for
    /// randomness.
    KeyPair keysOf(byte[] seed) {
        try {
            var generator = KeyPairGenerator.getInstance(jdkName);
            generator.initialize(new NamedParameterSpec(jdkName), new Given(seed));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError("every Java 24 and later has " + jdkName, e);
        }
    }

    byte[] rawOf(PublicKey key) {
        var encoded = key.getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - keyBytes, encoded.length);
    }

    private static final class Given extends SecureRandom {

        private static final long serialVersionUID = 1L;

        private final byte[] seed;

        Given(byte[] seed) {
            this.seed = seed;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(seed, 0, bytes, 0, bytes.length);
        }
    }
}
