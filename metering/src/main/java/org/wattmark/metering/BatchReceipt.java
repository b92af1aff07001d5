package org.wattmark.metering;

import org.wattmark.metering.Admission.Admitted;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;

/// What the log keeps of a batch: that it was taken in, and commitments to what it said. The
/// readings themselves stay outside; the salt is disclosed with them and can be erased.
///
/// @param batch SHA-256 of the salt and the batch's canonical bytes
/// @param accepted how many readings no finding rejected
/// @param rejected how many readings were dropped
/// @param energy the sum of the accepted readings
/// @param findings SHA-256 of the salt and the findings' canonical bytes
public record BatchReceipt(
        DeviceId device,
        Channel channel,
        long sequence,
        Sha256 batch,
        int accepted,
        int rejected,
        Energy energy,
        Sha256 findings) {

    public static final int SALT_BYTES = 32;
    private static final String DOMAIN = "wattmark/batch-receipt/v1";

    /// @param salt 32 random bytes that stay outside the log
    public static BatchReceipt of(Admitted admitted, byte[] salt) {
        if (salt.length != SALT_BYTES) {
            throw new IllegalArgumentException("a salt has " + SALT_BYTES + " bytes");
        }
        var batch = admitted.batch();
        return new BatchReceipt(
                batch.device(),
                batch.channel(),
                batch.sequence(),
                salted(salt, batch.canonicalBytes()),
                admitted.accepted().size(),
                batch.readings().size() - admitted.accepted().size(),
                Energy.sum(admitted.accepted().stream().map(IntervalReading::energy).toList()),
                salted(salt, Finding.canonicalBytes(admitted.findings())));
    }

    /// The commitment to some content: SHA-256(salt ‖ content).
    public static Sha256 salted(byte[] salt, byte[] content) {
        var both = new byte[salt.length + content.length];
        System.arraycopy(salt, 0, both, 0, salt.length);
        System.arraycopy(content, 0, both, salt.length, content.length);
        return Sha256.of(both);
    }

    /// About 200 bytes: the log's leaf.
    public byte[] canonicalBytes() {
        return Canonical.of(DOMAIN)
                .id(device.value())
                .text(channel.name())
                .number(sequence)
                .bytes(batch.bytes())
                .number(accepted)
                .number(rejected)
                .energy(energy)
                .bytes(findings.bytes())
                .toByteArray();
    }

    /// Reads [#canonicalBytes].
    public static BatchReceipt read(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var receipt =
                    new BatchReceipt(
                            new DeviceId(reader.id()),
                            Channel.valueOf(reader.text()),
                            reader.number(),
                            Sha256.ofDigest(reader.bytes()),
                            Math.toIntExact(reader.number()),
                            Math.toIntExact(reader.number()),
                            reader.energy(),
                            Sha256.ofDigest(reader.bytes()));
            reader.end();
            return receipt;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Canonical.Malformed("not a batch receipt: " + e.getMessage());
        }
    }
}
