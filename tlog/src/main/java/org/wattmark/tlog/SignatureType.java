package org.wattmark.tlog;

import java.util.stream.Stream;

/// How a key signs a note: the types of C2SP `signed-note` that this log and its witnesses use.
public enum SignatureType {

    /// The text itself, as logs sign their checkpoints.
    ED25519(0x01),

    /// The text and a time, as witnesses sign: C2SP `tlog-cosignature`, version 1.
    COSIGNATURE(0x04);

    final byte id;

    SignatureType(int id) {
        this.id = (byte) id;
    }

    static SignatureType of(byte id) {
        return Stream.of(values())
                .filter(type -> type.id == id)
                .findFirst()
                .orElseThrow(() -> new MalformedException("unknown signature type " + id));
    }
}
