package org.wattmark.tlog;

import java.util.stream.Stream;

/// How a key signs a note: the types of C2SP `signed-note` that this log and its witnesses use.
public enum SignatureType {

    /// The text itself, as logs sign their checkpoints.
    ED25519(0x01, Algorithm.ED25519),

    /// The text and a time, as witnesses sign: C2SP `tlog-cosignature`, the older of its two types.
    COSIGNATURE(0x04, Algorithm.ED25519),

    /// Origin, size, root, a time and the witness's name, by a key that quantum computers do not
    /// break: the type that C2SP `tlog-cosignature` recommends.
    ML_DSA_44_COSIGNATURE(0x06, Algorithm.ML_DSA_44);

    final byte id;
    final Algorithm algorithm;

    SignatureType(int id, Algorithm algorithm) {
        this.id = (byte) id;
        this.algorithm = algorithm;
    }

    /// Whether witnesses sign so, and not logs.
    public boolean isCosignature() {
        return this != ED25519;
    }

    static SignatureType of(byte id) {
        return Stream.of(values())
                .filter(type -> type.id == id)
                .findFirst()
                .orElseThrow(() -> new MalformedException("unknown signature type " + id));
    }
}
