package org.wattmark.tlog;

import java.util.List;
import java.util.stream.Collectors;

/// What a log asks of a witness: the body of `add-checkpoint` of C2SP `tlog-witness`.
///
/// @param oldSize of the tree that the log believes the witness saw last
/// @param hashes of the proof that the checkpoint's tree extends that one
public record WitnessRequest(long oldSize, List<Hash> hashes, SignedCheckpoint checkpoint) {

    /// A tree of less than 2^63 leaves needs no more.
    private static final int MAX_HASHES = 63;

    private static final String OLD = "old ";

    public WitnessRequest {
        hashes = List.copyOf(hashes);
        if (hashes.size() > MAX_HASHES) {
            throw new MalformedException("a proof has at most 63 hashes");
        }
    }

    public static WitnessRequest of(ConsistencyProof proof, SignedCheckpoint checkpoint) {
        return new WitnessRequest(proof.firstSize(), proof.hashes(), checkpoint);
    }

    static WitnessRequest parse(byte[] body) {
        var text = Strict.utf8(body);
        int end = text.indexOf("\n\n");
        if (end < 0 || !text.startsWith(OLD)) {
            throw new MalformedException("a request begins with an old size and ends in a note");
        }
        var lines = List.of(text.substring(0, end).split("\n", -1));
        return new WitnessRequest(
                Strict.decimal(lines.getFirst().substring(OLD.length())),
                lines.stream().skip(1).map(Hash::ofBase64).toList(),
                SignedCheckpoint.parse(text.substring(end + 2)));
    }

    public String format() {
        return OLD
                + oldSize
                + "\n"
                + hashes.stream().map(it -> it.base64() + "\n").collect(Collectors.joining())
                + "\n"
                + checkpoint.format();
    }

    /// Throws [MalformedException] when the old size is above the checkpoint's.
    ConsistencyProof proof() {
        return new ConsistencyProof(oldSize, checkpoint.checkpoint().size(), hashes);
    }
}
