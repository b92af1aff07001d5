package org.wattmark.ledger;

import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/// Where batches become durable, one after the other, under one leader at a time.
///
/// Every method may throw [Unreachable] when the store cannot be asked; nothing is then decided.
public interface Journal {

    /// Takes the lead: every earlier leader is fenced off from now on.
    ///
    /// @return the epoch of the new leader, greater than all before it
    long lead();

    /// All that has been committed, as a machine's maps hold it.
    Loaded load();

    /// What these ids stand for, of those that were used before.
    Map<UUID, Decided> decided(Collection<UUID> ids);

    /// Makes a batch durable. The same batch may be sent again: it is committed once.
    Appended append(Batch batch);

    /// Whether the batch was committed, to be asked after [Appended.Unknown].
    boolean isCommitted(UUID batch);

    /// What is known of an append when it returns.
    sealed interface Appended {

        /// It is durable.
        record Committed() implements Appended {}

        /// Nothing of it was kept, for a reason that may pass; it can be sent again as it is.
        record NotCommitted(String cause) implements Appended {}

        /// The answer was lost: it may be durable or not.
        record Unknown(String cause) implements Appended {}

        /// The store refused it, and always will: a rule in memory and one in the database differ.
        record Violated(String cause) implements Appended {}

        /// Another leader has taken over. This one has decided its last.
        record Fenced() implements Appended {}
    }

    /// The committed state.
    ///
    /// @param maps rows by the name of their [StagedMap], as key and value
    record Loaded(long nextSequence, Map<String, ? extends Map<?, ?>> maps) {}

    /// The store does not answer.
    final class Unreachable extends RuntimeException {

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
