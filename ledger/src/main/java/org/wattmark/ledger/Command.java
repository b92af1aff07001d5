package org.wattmark.ledger;

import java.util.UUID;

/// What a client asks of the books, under an id of its choice.
///
/// The id stands for this exact content for ever: the same command again gets the same outcome,
/// another one under the same id gets [#idStandsForAnother].
///
/// @param <O> what can come of it
public interface Command<O> {

    UUID id();

    /// All that the command says, and who says it, in canonical bytes.
    byte[] content();

    /// Whether a single transfer under this command's id says all that the command said and all
    /// that came of it. Then nothing has to be kept beside the transfer.
    default boolean isItsOwnRecord() {
        return false;
    }

    /// The refusal, in the words of this command's outcome, of an id that was used for another
    /// content.
    O idStandsForAnother();
}
