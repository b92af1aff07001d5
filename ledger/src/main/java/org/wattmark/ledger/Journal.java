package org.wattmark.ledger;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;

/// Where batches become durable, one after the other, under one leader at a time.
///
/// Every method may throw [Unreachable] when the store cannot be asked; nothing is then decided.
public interface Journal {

    /// Takes the lead: every earlier leader is fenced off from now on, and the totals that it has
    /// not written are: [#load] then gives what their tables hold.
    ///
    /// @return the epoch of the new leader, greater than all before it
    long lead();

    /// Takes the lead if nobody has it: no leader has appended or renewed for [#LEASE].
    ///
    /// @return the epoch of the new leader; empty while another leads
    OptionalLong leadIfFree();

    /// Says that the leader of this epoch is alive though it appends nothing.
    ///
    /// @return whether it still leads
    boolean renew(long epoch);

    /// Lets the next leader in at once.
    void resign(long epoch);

    /// For how long a leader leads after it was last heard of. Short, because a server that waits
    /// takes over only then; long enough for a slow commit, or a pause of the garbage collector.
    Duration LEASE = Duration.ofSeconds(3);

    /// All that has been committed, as a machine's maps hold it.
    Loaded load();

    /// What these ids stand for, of those that were used before: one entry each.
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

        /// An id that this batch decides was decided before: it must be looked up.
        record IdTaken() implements Appended {}

        /// The journal is of this epoch and does not end where this batch begins: it has lost what
        /// was durable, or memory is not what it believes. Nothing more may be decided.
        record Diverged(String cause) implements Appended {}

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
