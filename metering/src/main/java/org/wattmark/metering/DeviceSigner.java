package org.wattmark.metering;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;

/// The secret half of a device's key, where a device is software: a simulated meter, a gateway, a
/// test.
public final class DeviceSigner {

    private final PrivateKey secret;
    private final DeviceKey key;

    public DeviceSigner(KeyPair pair) {
        this.secret = pair.getPrivate();
        this.key = DeviceKey.of(Ed25519.raw(pair.getPublic().getEncoded()));
    }

    /// A signer with a new key that nothing else has.
    public static DeviceSigner withNewKey() {
        try {
            return new DeviceSigner(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("this Java platform has no Ed25519", e);
        }
    }

    public DeviceKey key() {
        return key;
    }

    public DeviceSignature sign(BondChallenge challenge) {
        return sign(challenge.canonicalBytes());
    }

    public SignedBatch sign(ReadingBatch batch) {
        return new SignedBatch(batch, sign(batch.canonicalBytes()));
    }

    /// Signs a sample as a Carbon Smart Meter does.
    public SamplePacket sign(
            MakerId device, float volts, float amperes, float ohms, long unixSeconds) {
        var content = SamplePacket.toSign(device, volts, amperes, ohms, unixSeconds);
        return new SamplePacket(content, sign(content.toByteArray()));
    }

    private DeviceSignature sign(byte[] message) {
        return DeviceSignature.of(Ed25519.sign(secret, message));
    }
}
