package org.wattmark.tlog;

import java.nio.ByteBuffer;
import java.time.Instant;

/// What a witness says of a checkpoint: that at this time it was the largest it had seen,
/// consistent with all before. C2SP `tlog-cosignature`, version 1.
public record Cosignature(VerifierKey witness, Instant time) {

    /// A uint64 of seconds, then 64 bytes of Ed25519.
    private static final int BYTES = Long.BYTES + 64;

    /// Of a signature that was verified.
    static Cosignature of(VerifierKey witness, NoteSignature verified) {
        return new Cosignature(witness, Instant.ofEpochSecond(seconds(verified.signature())));
    }

    static byte[] message(long seconds, String text) {
        return Strict.utf8("cosignature/v1\ntime " + seconds + "\n" + text);
    }

    static byte[] encode(long seconds, byte[] signature) {
        return ByteBuffer.allocate(BYTES).putLong(seconds).put(signature).array();
    }

    /// The time, or a negative number if these bytes cannot be a cosignature: a time is below 2^63.
    static long seconds(byte[] timestamped) {
        return timestamped.length == BYTES ? ByteBuffer.wrap(timestamped).getLong() : -1;
    }
}
