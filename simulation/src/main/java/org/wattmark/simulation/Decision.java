package org.wattmark.simulation;

import java.time.Duration;
import java.util.List;

/// One decision of the scheduler. A history is a list of them, and the same list always plays the
/// same; any part of it can be left out.
sealed interface Decision {

    /// A client sends a request into the network.
    record Send(Request request) implements Decision {}

    /// The network delivers one of the messages in flight to a server, not necessarily the oldest,
    /// and keeps it if it is to come again.
    record Arrive(int pick, boolean again, int server) implements Decision {}

    /// The server decides and commits one batch.
    ///
    /// @param faults of its calls to the store, one after the other; the calls after them succeed
    record Step(int server, List<Fault> faults, Death death) implements Decision {}

    /// The server dies, if it lives, and starts again; so it takes the lead from the other one.
    record Restart(int server) implements Decision {}

    record Die(int server) implements Decision {}

    /// The store dies and comes back with what it has committed.
    record RestartStore() implements Decision {}

    /// The store refuses every batch that decides this request, as a constraint would that the
    /// rules in memory do not know.
    record Refuse(Request request) implements Decision {}

    /// A server's clock jumps.
    record Jump(int server, Duration by) implements Decision {}

    /// The publisher publishes what is committed, and meets a fault at its n-th call to its disk or
    /// database if n > 0.
    record Publish(int faultAt, boolean dies) implements Decision {}

    /// A tile is lost while nobody looks.
    record LoseTile(int pick) implements Decision {}

    /// Everything is compared with everything.
    record Check() implements Decision {}

    /// What becomes of a call to the store.
    enum Fault {
        NONE,
        /// It fails for a reason that passes: a conflict, a timeout, a full disk, no connection.
        REFUSED,
        /// Nothing was done, and the answer is lost.
        LOST,
        /// It was done, and the answer is lost.
        ANSWER_LOST,
        /// The answer is lost while the store still works on it; it is done a little later.
        LATE,
        /// A constraint fires that does not fire again.
        VIOLATED,
        /// The server dies before the call, or after it was done.
        DIES_BEFORE,
        DIES_AFTER,
        /// The server is frozen before the call until the other one has taken the lead.
        FROZEN,
        STORE_DIES
    }

    /// Where a server dies between its calls to the store.
    enum Death {
        NONE,
        BEFORE_DECIDING,
        /// With some of the batch decided.
        AMID_DECIDING,
        BEFORE_APPENDING,
        /// It is committed, and nobody was told.
        BEFORE_ANSWERING,
        /// The first client has its answer, the others have not.
        AMID_ANSWERING
    }
}
