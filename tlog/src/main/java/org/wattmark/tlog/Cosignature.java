package org.wattmark.tlog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/// What a witness says of a checkpoint: that at this time it was the largest it had seen,
/// consistent with all before. C2SP `tlog-cosignature`.
public record Cosignature(VerifierKey witness, Instant time) {

    /// `uint8 label[12]` of a `cosigned_message`.
    private static final byte[] LABEL = "subtree/v1\n\0".getBytes(US_ASCII);

    /// Of `opaque cosigner_name<1..2^8-1>` and of `log_origin`.
    private static final int LONGEST_NAME = 255;

    /// Of a signature that was verified.
    static Cosignature of(VerifierKey witness, NoteSignature verified) {
        return new Cosignature(witness, Instant.ofEpochSecond(seconds(verified.signature())));
    }

    /// What is signed of a note that has this text.
    ///
    /// @param witness the name of its key
    static byte[] message(SignatureType type, String witness, long seconds, String text) {
        return switch (type) {
            case ED25519 -> throw new IllegalArgumentException("a log does not cosign");
            case COSIGNATURE -> Strict.utf8("cosignature/v1\ntime " + seconds + "\n" + text);
            case ML_DSA_44_COSIGNATURE -> message(witness, seconds, Checkpoint.parse(text));
        };
    }

    /// A `cosigned_message`, serialized as RFC 8446 section 3 does. The whole tree is the subtree
    /// from 0; extension lines of the checkpoint are not part of it.
    private static byte[] message(String witness, long seconds, Checkpoint seen) {
        var message = new ByteArrayOutputStream();
        message.writeBytes(LABEL);
        writeName(message, witness);
        writeUint64(message, seconds);
        writeName(message, seen.origin());
        writeUint64(message, 0);
        writeUint64(message, seen.size());
        message.writeBytes(seen.root().bytes());
        return message.toByteArray();
    }

    private static void writeName(ByteArrayOutputStream message, String name) {
        var bytes = Strict.utf8(name);
        if (bytes.length == 0 || bytes.length > LONGEST_NAME) {
            throw new MalformedException("a name in a cosignature has 1 to 255 bytes: " + name);
        }
        message.write(bytes.length);
        message.writeBytes(bytes);
    }

    private static void writeUint64(ByteArrayOutputStream message, long number) {
        message.writeBytes(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
    }

    /// A `timestamped_signature`: a uint64 of seconds, then the signature.
    static byte[] encode(long seconds, byte[] signature) {
        return ByteBuffer.allocate(Long.BYTES + signature.length)
                .putLong(seconds)
                .put(signature)
                .array();
    }

    /// The time, or a negative number if these bytes have none: a time is below 2^63.
    static long seconds(byte[] timestamped) {
        return timestamped.length < Long.BYTES ? -1 : ByteBuffer.wrap(timestamped).getLong();
    }

    static byte[] signature(byte[] timestamped) {
        return Arrays.copyOfRange(timestamped, Long.BYTES, timestamped.length);
    }
}
