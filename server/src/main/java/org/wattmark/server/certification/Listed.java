package org.wattmark.server.certification;

/// A certified model as it stands in the list.
///
/// @param sequence of the entry that certified it
/// @param withdrawnSequence of the entry that withdrew it, 0 while it counts
/// @param reason of the withdrawal, empty while it counts
record Listed(CertifiedModel model, long sequence, long withdrawnSequence, String reason) {

    static Listed of(CertifiedModel model, long sequence) {
        return new Listed(model, sequence, 0, "");
    }

    boolean counts() {
        return withdrawnSequence == 0;
    }

    Listed withdrawn(long atSequence, String why) {
        return new Listed(model, sequence, atSequence, why);
    }
}
