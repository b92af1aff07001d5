package org.wattmark.server.ledger;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.wattmark.ledger.Journal;
import org.wattmark.ledger.JournalContract;
import org.wattmark.ledger.Posting;
import org.wattmark.server.postgres.TestPostgres;

/// The journal in PostgreSQL keeps the contract that the one in memory keeps.
class JdbcJournalTest extends JournalContract {

    private final OutcomeCodec outcomes = new OutcomeCodec(Stream.of(Posting.class));

    @Override
    protected Journal journal() {
        return new JdbcJournal(TestPostgres.freshDatabase().dataSource(), outcomes, List.of());
    }

    @Override
    protected Function<Object, byte[]> outcomeEncoder() {
        return outcomes::encode;
    }
}
