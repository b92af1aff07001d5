package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.units.Bytes;

/// Faults planted on purpose, which the audit of every other test must find.
class AuditTest {

    private static final Pay PAY = Pay.bob(1, 400);

    private final MemoryJournal store = Desk.journalWithFunds();

    @Test
    void soundBooksPass() {
        var posting = toldBy(store);

        Audit.of(store, Map.of(PAY, posting));

        assertThat(posting).isInstanceOf(Posted.class);
    }

    @Test
    void findsAJournalThatAcknowledgesWithoutKeeping() {
        var forgetful =
                new ForwardingJournal(store) {
                    @Override
                    public Appended append(Batch batch) {
                        return new Appended.Committed();
                    }
                };

        var posting = toldBy(forgetful);

        assertThat(posting).isInstanceOf(Posted.class);
        thenAuditFindsFault(posting, "took place");
    }

    @Test
    void findsAJournalThatKeepsABatchTwice() {
        var doubling =
                new ForwardingJournal(store) {
                    @Override
                    public Appended append(Batch batch) {
                        store.append(batch);
                        return store.append(shifted(batch));
                    }
                };

        var posting = toldBy(doubling);

        thenAuditFindsFault(posting, "times that a transfer is posted");
    }

    @Test
    void findsAJournalThatKeepsFactsWithoutTheirChanges() {
        var lame =
                new ForwardingJournal(store) {
                    @Override
                    public Appended append(Batch batch) {
                        return store.append(
                                new Batch(
                                        batch.id(),
                                        batch.epoch(),
                                        batch.entries(),
                                        batch.decided(),
                                        batch.changes().subList(0, 1),
                                        batch.rows(),
                                        batch.settlesTotals()));
                    }
                };

        var posting = toldBy(lame);

        thenAuditFindsFault(posting, "balance");
    }

    @Test
    void findsAnotherAnswerThanTheOneThatIsKept() {
        var _ = toldBy(store);

        thenAuditFindsFault(new Rejected(0, Reason.EXCEEDS_BALANCE), "took place");
    }

    @Test
    void findsAJournalThatForgetsAnswers() {
        var mute =
                new ForwardingJournal(store) {
                    @Override
                    public Appended append(Batch batch) {
                        return store.append(
                                new Batch(
                                        batch.id(),
                                        batch.epoch(),
                                        batch.entries(),
                                        List.of(),
                                        batch.changes(),
                                        batch.rows(),
                                        batch.settlesTotals()));
                    }
                };

        var posting = toldBy(mute);

        thenAuditFindsFault(posting, "what is kept");
    }

    private static Posting toldBy(Journal journal) {
        try (var desk = Desk.on(journal)) {
            return desk.apply(PAY);
        }
    }

    private void thenAuditFindsFault(Posting told, String what) {
        assertThatThrownBy(() -> Audit.of(store, Map.of(PAY, told)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(what);
    }

    /// The same facts once more, as a new batch behind the first.
    private static Batch shifted(Batch batch) {
        var entries =
                batch.entries().stream()
                        .map(e ->
                                new Entry(
                                        e.sequence() + batch.entries().size(),
                                        e.epoch(),
                                        e.at(),
                                        e.fact(),
                                        Bytes.EMPTY))
                        .toList();
        return new Batch(
                Books.id(77), batch.epoch(), entries, List.of(), List.of(), List.of(), true);
    }
}
