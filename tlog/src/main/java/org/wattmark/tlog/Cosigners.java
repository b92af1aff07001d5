package org.wattmark.tlog;

import java.util.List;
import java.util.function.LongFunction;

/// Whoever is asked to cosign a checkpoint between its signing and its publication.
@FunctionalInterface
public interface Cosigners {

    /// Nobody.
    Cosigners NONE = (_, _) -> List.of();

    /// The cosignatures that came in time, all of them verified; never throws for want of any.
    ///
    /// @param since proves that the checkpoint extends its own earlier size
    List<NoteSignature> cosign(SignedCheckpoint signed, LongFunction<ConsistencyProof> since);
}
