package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.id;
import static org.wattmark.ledger.FaultyJournal.Fault.FENCED;
import static org.wattmark.ledger.FaultyJournal.Fault.NOT_COMMITTED;
import static org.wattmark.ledger.FaultyJournal.Fault.UNKNOWN_AND_LOST;
import static org.wattmark.ledger.FaultyJournal.Fault.UNKNOWN_BUT_COMMITTED;
import static org.wattmark.ledger.FaultyJournal.Fault.VIOLATED;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.ledger.Sequencer.Quarantined;
import org.wattmark.ledger.Sequencer.Unavailable;

/// What a sequencer does when the store fails in each of the ways that [Journal] knows.
class SequencerFaultsTest {

    private static final Pay PAY = Pay.bob(1, 400);

    private final MemoryJournal store = Desk.journalWithFunds();

    @Test
    void aFailedCommitIsSentAgainAsItWas() {
        var faulty = FaultyJournal.scripted(store, NOT_COMMITTED, NOT_COMMITTED, NOT_COMMITTED);
        try (var desk = Desk.on(faulty)) {

            var posting = desk.apply(PAY);

            assertThat(posting).isInstanceOf(Posted.class);
            assertThat(faulty.sent).hasSize(4).allMatch(faulty.sent.getFirst()::equals);
            assertThat(desk.count(Event.Waiting.class)).isEqualTo(3);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void aLostAnswerToACommitIsAskedForAndNotSentAgain() {
        var faulty = FaultyJournal.scripted(store, UNKNOWN_BUT_COMMITTED);
        try (var desk = Desk.on(faulty)) {

            var posting = desk.apply(PAY);

            assertThat(posting).isInstanceOf(Posted.class);
            assertThat(faulty.sent).hasSize(1);
            assertThat(faulty.askedFor).containsExactly(faulty.sent.getFirst().id());
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void aCommitThatWasLostIsAskedForAndSentAgainAsItWas() {
        var faulty = FaultyJournal.scripted(store, UNKNOWN_AND_LOST, UNKNOWN_AND_LOST);
        try (var desk = Desk.on(faulty)) {

            var posting = desk.apply(PAY);

            assertThat(posting).isInstanceOf(Posted.class);
            assertThat(faulty.sent).hasSize(3).allMatch(faulty.sent.getFirst()::equals);
            assertThat(faulty.askedFor).hasSize(2);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void aStoreThatCannotBeAskedIsAskedUntilItAnswers() {
        Posting before;
        try (var desk = Desk.on(store)) {
            before = desk.apply(PAY);
        }
        var faulty = FaultyJournal.unreachable(store, 3);
        try (var desk = Desk.on(faulty)) {

            var posting = desk.apply(PAY);

            assertThat(posting).isEqualTo(before);
            assertThat(desk.count(Event.Waiting.class)).isEqualTo(3);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void anUnknownCommitWaitsForTheAnswerHoweverLongTheStoreIsGone() {
        var reachable = new ArrayDeque<>(List.of(false, false));
        var appends = new ArrayDeque<>(List.of(UNKNOWN_BUT_COMMITTED));
        var faulty =
                new FaultyJournal(
                        store, appends::remove, () -> reachable.isEmpty() || reachable.remove());
        try (var desk = Desk.on(faulty)) {

            var posting = desk.apply(PAY);

            assertThat(posting).isInstanceOf(Posted.class);
            assertThat(faulty.sent).hasSize(1);
            assertThat(faulty.askedFor).hasSize(3);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void aViolationIsTheOffendersAlone() throws Exception {
        var gate = new GatedJournal(FaultyJournal.refusing(store, id(2)));
        try (var desk = Desk.on(gate)) {
            var pays = List.of(Pay.bob(1, 100), Pay.bob(2, 200), Pay.bob(3, 300));

            var answers = desk.submitTogether(gate, pays);

            var told = new HashMap<Pay, Posting>();
            told.put(pays.get(0), answers.get(0).get(10, TimeUnit.SECONDS));
            told.put(pays.get(2), answers.get(2).get(10, TimeUnit.SECONDS));
            assertThat(told.values()).allMatch(Posted.class::isInstance);
            assertThat(Desk.failureOf(answers.get(1))).isInstanceOf(Quarantined.class);
            assertThat(desk.awaitEvent(Event.Violated.class).command()).isEqualTo(pays.get(1));
            Audit.of(store, told);
            assertThat(store.decided(List.of(id(2)))).isEmpty();
        }
    }

    @Test
    void aNeighbourIsDecidedAnewWithoutTheOffender() throws Exception {
        var gate = new GatedJournal(FaultyJournal.refusing(store, id(1)));
        try (var desk = Desk.on(gate)) {

            var answers = desk.submitTogether(gate, List.of(Pay.bob(1, 1_000), Pay.bob(2, 1_000)));

            assertThat(Desk.failureOf(answers.get(0))).isInstanceOf(Quarantined.class);
            var posting = answers.get(1).get(10, TimeUnit.SECONDS);
            assertThat(posting).isInstanceOf(Posted.class);
            Audit.of(store, Map.of(Pay.bob(2, 1_000), posting));
        }
    }

    @Test
    void aFencedLeaderDecidesNothingMore() throws Exception {
        var faulty = FaultyJournal.scripted(store, FENCED);
        var gate = new GatedJournal(faulty);
        long entries = store.entries().size();
        try (var desk = Desk.on(gate)) {
            gate.shut();
            var inHand = desk.submit(PAY);
            gate.awaitBatch();
            var waiting = desk.submit(Pay.bob(2, 1));
            gate.open();

            assertThat(Desk.failureOf(inHand)).isInstanceOf(Unavailable.class);
            assertThat(Desk.failureOf(waiting)).isInstanceOf(Unavailable.class);
            assertThat(Desk.failureOf(desk.submit(Pay.bob(3, 1)))).isInstanceOf(Unavailable.class);
            assertThat(desk.sequencer.isRunning()).isFalse();
            desk.stop();
            assertThat(desk.count(Event.Fenced.class)).isEqualTo(1);
            assertThat(store.entries()).hasSize((int) entries);
        }

        try (var successor = Desk.on(store)) {
            var posting = successor.apply(PAY);

            assertThat(posting).isInstanceOf(Posted.class);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void twoLeadersDoNotBothDecide() throws Exception {
        try (var old = Desk.on(store);
                var successor = Desk.on(store)) {
            var posting = successor.apply(PAY);

            var late = old.submit(Pay.bob(2, 1_000));
            var sameAgain = successor.apply(PAY);

            assertThat(Desk.failureOf(late)).isInstanceOf(Unavailable.class);
            assertThat(sameAgain).isEqualTo(posting);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void whatIsNotDurableWhenTheServerStopsIsNotAnsweredAndMayComeAgain() throws Exception {
        var down = new FaultyJournal(store, () -> NOT_COMMITTED, () -> true);
        try (var desk = Desk.on(down)) {
            var answer = desk.submit(PAY);
            desk.awaitEvent(Event.Waiting.class);

            desk.stop();

            assertThat(Desk.failureOf(answer)).isInstanceOf(Unavailable.class);
            assertThat(store.decided(List.of(PAY.id()))).isEmpty();
        }
        try (var restarted = Desk.on(store)) {
            Audit.of(store, Map.of(PAY, restarted.apply(PAY)));
        }
    }

    @Test
    void anAnswerThatWasLostWithTheServerIsFoundByTheNext() throws Exception {
        var appends = new ArrayDeque<>(List.of(UNKNOWN_BUT_COMMITTED));
        var breaking = new FaultyJournal(store, appends::remove, () -> false);
        try (var desk = Desk.on(breaking)) {
            var answer = desk.submit(PAY);
            desk.awaitEvent(Event.Waiting.class);
            desk.stop();
            assertThat(Desk.failureOf(answer)).isInstanceOf(Unavailable.class);
        }
        long entries = store.entries().size();

        try (var restarted = Desk.on(store)) {
            var posting = restarted.apply(PAY);

            assertThat(posting).isInstanceOf(Posted.class);
            assertThat(store.entries()).hasSize((int) entries);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    /// The layer in memory is broken on purpose; the one in the journal holds.
    @Test
    void anIdThatTheLookupMissesIsRefusedByTheJournal() throws Exception {
        var amnesiac =
                new ForwardingJournal(store) {
                    @Override
                    public Map<UUID, Decided> decided(Collection<UUID> ids) {
                        return Map.of();
                    }
                };
        Posting posting;
        try (var desk = Desk.on(store)) {
            posting = desk.apply(PAY);
        }
        try (var desk = Desk.on(amnesiac)) {

            var again = desk.submit(PAY);

            assertThat(Desk.failureOf(again)).isInstanceOf(Quarantined.class);
            Audit.of(store, Map.of(PAY, posting));
        }
    }

    @Test
    void aStoreThatRefusesABatchOfManyOnceLosesNothing() throws Exception {
        var faulty = FaultyJournal.scripted(store, FaultyJournal.Fault.NONE, VIOLATED);
        var gate = new GatedJournal(faulty);
        try (var desk = Desk.on(gate)) {
            var pays = List.of(Pay.bob(1, 100), Pay.bob(2, 200), Pay.bob(1, 100));

            var answers = desk.submitTogether(gate, pays);

            var told = new HashMap<Pay, Posting>();
            for (int i = 0; i < pays.size(); i++) {
                told.put(pays.get(i), answers.get(i).get(10, TimeUnit.SECONDS));
            }
            assertThat(answers.get(2).get()).isEqualTo(answers.get(0).get());
            assertThat(new HashSet<>(told.values())).hasSize(2);
            Audit.of(store, told);
        }
    }
}
