package org.wattmark.tlog;

import java.util.List;

/// What an offline proof proves. In order of precedence: the first that holds is the one reported.
public sealed interface Verdict {

    /// No log that is trusted by this origin and key signed the checkpoint; it is worth nothing.
    ///
    /// @param fingerprints the keys that claim to have signed it
    record UnknownLog(String origin, List<String> fingerprints) implements Verdict {}

    /// A key that is trusted did not make the signature that bears its name.
    record BadSignature(String fingerprint) implements Verdict {}

    /// The checkpoint is authentic, but this leaf is not in its tree where the proof says.
    record NotIncluded(Checkpoint checkpoint) implements Verdict {}

    /// Logged, but fewer witnesses cosigned than the trust file asks for.
    record NotWitnessed(Checkpoint checkpoint, List<Cosignature> cosignatures, int quorum)
            implements Verdict {}

    /// The leaf is in the tree that the log signed and a quorum of witnesses saw, which may be
    /// none.
    record Logged(Checkpoint checkpoint, List<Cosignature> cosignatures, int quorum)
            implements Verdict {}
}
