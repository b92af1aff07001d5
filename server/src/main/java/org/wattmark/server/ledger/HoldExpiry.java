package org.wattmark.server.ledger;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Expiry;
import org.wattmark.ledger.ReleaseExpired;
import org.wattmark.ledger.Sequencer;

/// Gives back what holds reserve whose time is up.
final class HoldExpiry {

    private static final String IS_DUE = "select exists (select from hold where expires <= ?)";

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    HoldExpiry(Sequencer sequencer, JdbcClient jdbc, InstantSource clock) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /// Asks the database first, so that nothing is entered in the journal where nothing is due.
    void releaseDue() {
        boolean more = isDue();
        while (more) {
            var wish = new ReleaseExpired(UUID.randomUUID(), ReleaseExpired.MAX_RELEASES);
            more =
                    sequencer.apply(wish) instanceof Expiry.Released(var receipts, var moreWait)
                            && moreWait
                            && !receipts.isEmpty();
        }
    }

    private boolean isDue() {
        return jdbc.sql(IS_DUE)
                .param(Timestamp.from(clock.instant()))
                .query(Boolean.class)
                .single();
    }
}
