package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Journal.Appended;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// What every [Journal] keeps to. Batches come from a real ledger, so their transfers and their
/// changes agree, as a database may demand.
public abstract class JournalContract {

    private static final UUID OPENING = id(1);
    private static final UUID TRADE = id(2);
    private static final UUID HOLD = id(3);

    private Journal journal;
    private Leader leader;

    /// A journal with nothing in it yet. It is asked for once in each test.
    protected abstract Journal journal();

    /// Turns a [Posting] into the bytes from which this journal reads it back.
    protected abstract Function<Object, byte[]> outcomeEncoder();

    @BeforeEach
    void takeTheLead() {
        journal = journal();
        leader = new Leader(journal.lead());
    }

    @Test
    void beginsEmpty() {
        var loaded = journal.load();

        assertThat(loaded.nextSequence()).isZero();
        assertThat(loaded.maps().values()).allMatch(Map::isEmpty);
        assertThat(journal.decided(List.of(OPENING))).isEmpty();
        assertThat(journal.isCommitted(id(99))).isFalse();
    }

    @Test
    void loadsWhatWasAppended() {
        var batch = leader.opens();

        var appended = journal.append(batch);

        assertThat(appended).isEqualTo(new Appended.Committed());
        assertThat(journal.isCommitted(batch.id())).isTrue();
        thenLoads(leader.committed(), batch.lastSequence() + 1);
    }

    @Test
    void loadsTheLastStateOfEachRow() {
        journal.append(leader.opens());
        leader.committed();

        journal.append(leader.reserves());
        var reserved = leader.committed();

        assertThat(reserved.ledger.hold(HOLD)).contains(new Hold(HOLD, ALICE, BLOCK, 300));
        thenLoads(reserved, leader.nextSequence());
    }

    @Test
    void aRowThatGoesIsGone() {
        journal.append(leader.opens());
        leader.committed();
        journal.append(leader.reserves());
        leader.committed();

        journal.append(leader.releases());
        var released = leader.committed();

        assertThat(Books.rows(journal.load(), "hold")).isEmpty();
        thenLoads(released, leader.nextSequence());
    }

    @Test
    void aBatchThatComesAgainIsCommittedOnce() {
        var batch = leader.opens();
        journal.append(batch);
        var state = leader.committed();

        var again = journal.append(batch);

        assertThat(again).isEqualTo(new Appended.Committed());
        thenLoads(state, batch.lastSequence() + 1);
    }

    @Test
    void aBatchMayComeAgainWhenOthersFollowedIt() {
        var first = leader.opens();
        journal.append(first);
        leader.committed();
        journal.append(leader.reserves());
        var state = leader.committed();

        var again = journal.append(first);

        assertThat(again).isEqualTo(new Appended.Committed());
        thenLoads(state, leader.nextSequence());
    }

    @Test
    void findsWhatAnIdStandsForAndNothingElse() {
        var opening = leader.opens();
        journal.append(opening);
        leader.committed();
        var rejection = leader.tradesTooMuch();
        journal.append(rejection);
        leader.committed();

        var found = journal.decided(List.of(OPENING, TRADE, id(98), id(99)));
        var one = journal.decided(List.of(TRADE));
        var none = journal.decided(List.of());

        var posted = opening.decided().getFirst();
        var rejected = rejection.decided().getFirst();
        assertThat(posted.outcome()).isInstanceOf(Posting.Posted.class);
        assertThat(rejected.outcome()).isInstanceOf(Posting.Rejected.class);
        assertThat(found).isEqualTo(Map.of(OPENING, posted, TRADE, rejected));
        assertThat(one).isEqualTo(Map.of(TRADE, rejected));
        assertThat(none).isEmpty();
    }

    @Test
    void whoTakesTheLeadFencesOffTheOneBefore() {
        var late = leader.opens();
        long next = journal.lead();
        var successor = new Leader(next);

        var fenced = journal.append(late);

        assertThat(next).isGreaterThan(late.epoch());
        assertThat(fenced).isEqualTo(new Appended.Fenced());
        thenKeptNothingOf(late);
        assertThat(journal.append(successor.opens())).isEqualTo(new Appended.Committed());
    }

    @Test
    void aBatchThatLeavesAGapLeavesNothing() {
        leader.books.staging.restore(new Journal.Loaded(1, Map.of()));
        var batch = leader.opens();

        var appended = journal.append(batch);

        assertThat(appended).isInstanceOf(Appended.Diverged.class);
        thenKeptNothingOf(batch);
    }

    @Test
    void aBatchThatOverlapsLeavesNothing() {
        journal.append(leader.opens());
        var state = leader.committed();
        long end = leader.nextSequence();
        state.staging.restore(new Journal.Loaded(end - 1, Map.of()));
        var batch = leader.reserves();

        var appended = journal.append(batch);

        assertThat(appended).isInstanceOf(Appended.Diverged.class);
        assertThat(journal.isCommitted(batch.id())).isFalse();
        assertThat(journal.decided(List.of(HOLD))).isEmpty();
        leader.books.staging.discard();
        thenLoads(state, end);
    }

    @Test
    void anIdIsDecidedOnceAndTheBatchThatRepeatsItLeavesNothing() {
        journal.append(leader.opens());
        var state = leader.committed();
        long end = leader.nextSequence();
        leader.decides(HOLD, books -> books.ledger.reserve(HOLD, ALICE, BLOCK, 300));
        leader.decides(
                OPENING, books -> books.ledger.post(books.transfer(ISSUANCE, BOB, BLOCK, 1)));
        var batch = leader.batch();

        var appended = journal.append(batch);

        assertThat(appended).isEqualTo(new Appended.IdTaken());
        assertThat(journal.isCommitted(batch.id())).isFalse();
        assertThat(journal.decided(List.of(HOLD))).isEmpty();
        leader.books.staging.discard();
        thenLoads(state, end);
    }

    @Test
    void aTransferUnderTheIdOfAnotherCommandIsRefused() {
        journal.append(leader.opens());
        var state = leader.committed();
        long end = leader.nextSequence();
        leader.posts(new Transfer(OPENING, ISSUANCE, BOB, BLOCK, 1));
        var batch = leader.batch();

        var appended = journal.append(batch);

        assertThat(appended).isEqualTo(new Appended.IdTaken());
        leader.books.staging.discard();
        thenLoads(state, end);
    }

    @Test
    void aTransferIsReadBackAsWhatItsIdStandsFor() {
        journal.append(leader.opens());
        leader.committed();
        leader.posts(new Transfer(TRADE, ALICE, BOB, BLOCK, 7));
        var batch = leader.batch();
        journal.append(batch);

        var found = journal.decided(List.of(TRADE));

        assertThat(found).isEqualTo(Map.of(TRADE, batch.decided().getFirst()));
        assertThat(found.values()).allMatch(Decided::isInItsEntry);
    }

    @Test
    void totalsThatWereNotWrittenAreLoadedAllTheSame() {
        journal.append(leader.opens());
        leader.committed();
        leader.posts(new Transfer(TRADE, ALICE, BOB, BLOCK, 7));
        journal.append(leader.batchWithoutTotals());
        leader.committed();
        leader.posts(new Transfer(id(5), BOB, ALICE, BLOCK, 2));
        journal.append(leader.batchWithoutTotals());
        var unsettled = leader.committed();
        thenLoads(unsettled, leader.nextSequence());

        leader.posts(new Transfer(id(6), ALICE, BOB, BLOCK, 1));
        journal.append(leader.batch());

        thenLoads(leader.committed(), leader.nextSequence());
    }

    @Test
    void theNextLeaderGoesOnFromTotalsThatWereNotWritten() {
        journal.append(leader.opens());
        leader.committed();
        leader.posts(new Transfer(TRADE, ALICE, BOB, BLOCK, 7));
        leader.posts(new Transfer(id(5), ALICE, RETIRED, BLOCK, 3));
        journal.append(leader.batchWithoutTotals());
        leader.committed();

        var next = new Leader(journal.lead());
        next.books.staging.restore(journal.load());
        next.posts(new Transfer(id(6), BOB, ALICE, BLOCK, 2));

        assertThat(journal.append(next.batch())).isEqualTo(new Appended.Committed());
        thenLoads(next.committed(), next.nextSequence());
        assertThat(next.books.ledger.balance(ALICE, BLOCK)).isEqualTo(992);
    }

    @Test
    void theLeadIsFreeWhenItsLeaderResigns() {
        assertThat(journal.leadIfFree()).isEmpty();
        assertThat(journal.renew(leader.epoch)).isTrue();

        journal.resign(leader.epoch);
        var next = journal.leadIfFree();

        assertThat(next.orElseThrow()).isGreaterThan(leader.epoch);
        assertThat(journal.renew(leader.epoch)).isFalse();
    }

    @Test
    void aBatchThatDoesNotFitDoesNotStandInTheWayOfTheNext() {
        leader.books.staging.restore(new Journal.Loaded(7, Map.of()));
        journal.append(leader.opens());
        var sound = new Leader(leader.epoch);

        var appended = journal.append(sound.opens());

        assertThat(appended).isEqualTo(new Appended.Committed());
        thenLoads(sound.committed(), sound.nextSequence());
    }

    private void thenKeptNothingOf(Batch batch) {
        var ids = batch.decided().stream().map(Decided::id).toList();
        var loaded = journal.load();
        assertThat(loaded.nextSequence()).isZero();
        assertThat(loaded.maps().values()).allMatch(Map::isEmpty);
        assertThat(journal.decided(ids)).isEmpty();
        assertThat(journal.isCommitted(batch.id())).isFalse();
    }

    private void thenLoads(Books books, long nextSequence) {
        var loaded = journal.load();
        assertThat(loaded.nextSequence()).isEqualTo(nextSequence);
        books.staging
                .contents()
                .forEach((name, rows) -> assertThat(Books.rows(loaded, name)).isEqualTo(rows));
    }

    /// A sequencer's work done by hand: it decides, and makes batches of what it decided.
    private final class Leader {

        final Books books = Books.empty();
        final long epoch;
        private final List<Decided> decided = new ArrayList<>();

        Leader(long epoch) {
            this.epoch = epoch;
            books.staging.begin(epoch, Books.NOON);
        }

        /// Opens all accounts; 1,000 g go to Alice and 5.67 € to Bob.
        Batch opens() {
            decides(
                    OPENING,
                    it -> {
                        Books.ACCOUNTS.forEach(it.ledger::open);
                        return it.ledger.post(
                                List.of(
                                        it.transfer(ISSUANCE, ALICE, BLOCK, 1_000),
                                        it.transfer(ISSUANCE, BOB, EUR, 567)));
                    });
            return batch();
        }

        /// Reserves 300 of Alice's 1,000 g.
        Batch reserves() {
            decides(HOLD, it -> it.ledger.reserve(HOLD, ALICE, BLOCK, 300));
            return batch();
        }

        Batch releases() {
            decides(id(4), it -> it.ledger.release(id(4), HOLD));
            return batch();
        }

        Batch tradesTooMuch() {
            decides(TRADE, it -> it.ledger.post(it.transfer(BOB, ALICE, EUR, 568)));
            return batch();
        }

        void decides(UUID id, Function<Books, Posting> command) {
            long first = nextSequence();
            var outcome = command.apply(books);
            if (nextSequence() == first) {
                books.staging.record(new NothingChanged(id));
            }
            decided.add(
                    new Decided(
                            id,
                            Bytes.of(Canonical.of("contract/v1").id(id).sha256()),
                            outcome,
                            Bytes.of(outcomeEncoder().apply(outcome)),
                            first));
        }

        /// A transfer that is all the record of its command.
        void posts(Transfer transfer) {
            long first = nextSequence();
            var outcome = books.ledger.post(transfer);
            var command = PostTransfer.of(TransferPosted.plain(transfer));
            decided.add(
                    new Decided(
                            transfer.id(),
                            Bytes.of(Canonical.sha256(command.content())),
                            outcome,
                            Bytes.EMPTY,
                            first));
        }

        Batch batch() {
            return batch(true);
        }

        Batch batchWithoutTotals() {
            return batch(false);
        }

        private Batch batch(boolean settleTotals) {
            var batch = books.staging.seal(UUID.randomUUID(), decided, settleTotals);
            decided.clear();
            return batch;
        }

        /// The books as they stand when the batch in hand is durable.
        Books committed() {
            books.staging.commitSealed();
            return books;
        }

        long nextSequence() {
            return books.staging.nextSequence();
        }
    }
}
