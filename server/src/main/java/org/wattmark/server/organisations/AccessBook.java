package org.wattmark.server.organisations;

import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Belonging;

/// Where every change of access is decided and written down.
///
/// One at a time: what a change is decided on is committed, and nothing changes until the change
/// itself is committed too. So the last owner cannot leave twice at once. Only the server that
/// leads takes commands, and should the lead move on in between, the journal refuses the old one.
/// That is slow and it is enough: such changes are made by people.
final class AccessBook {

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Belonging belonging;
    private final ReentrantLock lock = new ReentrantLock();

    AccessBook(Sequencer sequencer, JdbcClient jdbc, Belonging belonging) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.belonging = belonging;
    }

    /// What came of a change.
    ///
    /// @param isRepeat whether it was made before, under this id
    record Made(Receipt receipt, boolean isRepeat) {}

    /// @param decide looks whether it may be, and says what rows it takes; it throws a problem if
    ///   it may not be, and is not asked about a change that was made already
    Made make(UUID id, AccessChanged change, Supplier<Effect> decide) {
        lock.lock();
        try {
            boolean repeat = isKnown(id);
            var effect = repeat ? Effect.NONE : decide.get();
            return switch (sequencer.apply(new ChangeAccess(id, change, effect))) {
                case ChangeAccess.Outcome.Changed(var receipt) -> new Made(receipt, repeat);
                case ChangeAccess.Outcome.Refused _ ->
                        throw Problem.of(
                                        HttpStatus.CONFLICT,
                                        "id_stands_for_another",
                                        "This id was used before with another content. Choose a"
                                                + " new id, or send the same content.")
                                .asException();
            };
        } finally {
            belonging.forget(change.organisation(), change.subject());
            lock.unlock();
        }
    }

    Receipt change(UUID id, AccessChanged change, Supplier<Effect> decide) {
        return make(id, change, decide).receipt();
    }

    private boolean isKnown(UUID id) {
        return jdbc.sql("select exists (select from journal where id = :id)")
                .param("id", id)
                .query(Boolean.class)
                .single();
    }
}
