package org.wattmark.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Function;

class MemoryJournalTest extends JournalContract {

    @Override
    protected Journal journal() {
        return new MemoryJournal();
    }

    @Override
    protected Function<Object, byte[]> outcomeEncoder() {
        return outcome -> outcome.toString().getBytes(UTF_8);
    }
}
