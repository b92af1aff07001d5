package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.ledger.Sequencer.Full;
import org.wattmark.ledger.Sequencer.Quarantined;
import org.wattmark.ledger.Sequencer.Unavailable;

/// Alice has 1,000 g, and a sequencer orders what is asked of the books.
class SequencerTest {

    private static final int CLIENTS = 64;

    private final MemoryJournal journal = Desk.journalWithFunds();
    private final GatedJournal gate = new GatedJournal(journal);
    private final Desk desk = Desk.on(gate);

    @AfterEach
    void close() {
        desk.close();
    }

    @Test
    void theSameCommandAgainGetsTheSameAnswer() {
        var pay = Pay.bob(1, 400);
        var first = desk.apply(pay);
        var entries = journal.entries();

        var again = desk.apply(pay);

        assertThat(first).isInstanceOf(Posted.class);
        assertThat(again).isEqualTo(first);
        assertThat(journal.entries()).isEqualTo(entries);
    }

    @Test
    void aRefusalStandsTooEvenWhenItsReasonHasPassed() {
        var tooMuch = Pay.bob(1, 1_001);
        var refused = desk.apply(tooMuch);
        desk.apply(new Pay(id(2), Books.ISSUANCE, ALICE, BLOCK, 1_000));

        var again = desk.apply(tooMuch);

        assertThat(refused).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
        assertThat(again).isEqualTo(refused);
    }

    @Test
    void whoHasStoppedLeadsNoMore() {
        assertThat(desk.sequencer.isLeading()).isTrue();

        desk.stop();

        assertThat(desk.sequencer.isLeading()).isFalse();
        assertThat(desk.sequencer.isRunning()).isFalse();
    }

    @Test
    void whoIsInterruptedWhileWaitingStaysSo() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Sequencer.await(new CompletableFuture<>()))
                .isInstanceOf(Unavailable.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anotherContentUnderTheIdHasNoEffect() {
        var first = desk.apply(Pay.bob(1, 400));
        var entries = journal.entries();

        var other = desk.apply(Pay.bob(1, 401));

        assertThat(other).isEqualTo(new Rejected(0, Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(journal.entries()).isEqualTo(entries);
        assertThat(desk.apply(Pay.bob(1, 400))).isEqualTo(first);
    }

    @Test
    void withinOneBatchTheFirstContentTakesTheId() throws Exception {
        var answers =
                desk.submitTogether(
                        gate, List.of(Pay.bob(1, 400), Pay.bob(1, 400), Pay.bob(1, 401)));

        var first = answers.get(0).get(10, TimeUnit.SECONDS);
        assertThat(first).isInstanceOf(Posted.class);
        assertThat(answers.get(1).get()).isEqualTo(first);
        assertThat(answers.get(2).get()).isEqualTo(new Rejected(0, Reason.ID_STANDS_FOR_ANOTHER));
        Audit.of(journal, Map.of(Pay.bob(1, 400), first));
    }

    @Test
    void answersSurviveARestart() {
        var posted = desk.apply(Pay.bob(1, 400));
        var refused = desk.apply(Pay.bob(2, 601));
        desk.stop();
        var entries = journal.entries();

        try (var restarted = Desk.on(journal)) {
            assertThat(restarted.apply(Pay.bob(1, 400))).isEqualTo(posted);
            assertThat(restarted.apply(Pay.bob(2, 601))).isEqualTo(refused);
            assertThat(restarted.apply(Pay.bob(1, 5)))
                    .isEqualTo(new Rejected(0, Reason.ID_STANDS_FOR_ANOTHER));
            assertThat(journal.entries()).isEqualTo(entries);
            assertThat(restarted.apply(Pay.bob(3, 600))).isInstanceOf(Posted.class);
        }
    }

    @Test
    void sixtyFourClientsWithOneIdHaveOneEffectAndOneAnswer() throws Exception {
        var pay = Pay.bob(1, 400);

        var answers = atOnce(i -> desk.apply(pay));

        assertThat(answers).hasSize(CLIENTS);
        assertThat(new HashSet<>(answers)).hasSize(1);
        Audit.of(journal, Map.of(pay, answers.getFirst()));
    }

    @Test
    void ofSixtyFourRetirementsOfALotAsManySucceedAsItHolds() throws Exception {
        var retirements =
                IntStream.range(0, CLIENTS)
                        .mapToObj(i -> new Pay(id(i), ALICE, RETIRED, BLOCK, 30))
                        .toList();

        var answers = atOnce(i -> desk.apply(retirements.get(i)));

        var told = new HashMap<Pay, Posting>();
        IntStream.range(0, CLIENTS).forEach(i -> told.put(retirements.get(i), answers.get(i)));
        assertThat(answers).filteredOn(Posted.class::isInstance).hasSize(1_000 / 30);
        assertThat(answers)
                .filteredOn(Rejected.class::isInstance)
                .hasSize(CLIENTS - 1_000 / 30)
                .containsOnly(new Rejected(0, Reason.EXCEEDS_BALANCE));
        Audit.of(journal, told);
    }

    @Test
    void nothingIsSeenBeforeItIsDurable() throws Exception {
        var before = journal.load();
        var events = desk.count(Event.Committed.class);
        gate.shut();

        var answer = desk.submit(Pay.bob(1, 400));
        gate.awaitBatch();
        var sameAgain = desk.submit(Pay.bob(1, 400));

        assertThat(answer).isNotDone();
        assertThat(sameAgain).isNotDone();
        assertThat(journal.load()).isEqualTo(before);
        assertThat(desk.count(Event.Committed.class)).isEqualTo(events);
        gate.open();
        assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
        assertThat(sameAgain.get(10, TimeUnit.SECONDS)).isEqualTo(answer.get());
    }

    @Test
    void whatWaitsTogetherIsCommittedTogether() throws Exception {
        var pays = IntStream.range(0, 100).mapToObj(i -> Pay.bob(i, 11)).toList();

        var answers = desk.submitTogether(gate, pays);

        var told = new HashMap<Pay, Posting>();
        for (int i = 0; i < 100; i++) {
            told.put(pays.get(i), answers.get(i).get(10, TimeUnit.SECONDS));
        }
        assertThat(told.values()).filteredOn(Posted.class::isInstance).hasSize(1_000 / 11);
        desk.awaitEvent(Event.Committed.class);
        assertThat(desk.awaitEvent(Event.Committed.class).batch().decided()).hasSize(100);
        Audit.of(journal, told);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "AGAIN_THROWS")
    void aBugTakesBackItsOwnCommandAlone(Stumble.How how) throws Exception {
        var stumble = new Stumble(id(2), how);

        var answers = desk.submitTogether(gate, List.of(Pay.bob(1, 400), stumble, Pay.bob(3, 600)));

        var first = answers.get(0).get(10, TimeUnit.SECONDS);
        var last = answers.get(2).get(10, TimeUnit.SECONDS);
        assertThat(first).isInstanceOf(Posted.class);
        assertThat(Desk.failureOf(answers.get(1))).isInstanceOf(Quarantined.class);
        assertThat(last).isInstanceOf(Posted.class);
        assertThat(desk.awaitEvent(Event.Violated.class).command()).isEqualTo(stumble);
        Audit.of(journal, Map.of(Pay.bob(1, 400), first, Pay.bob(3, 600), last));
    }

    @Test
    void aBugDoesNotTakeTheId() {
        assertThatThrownBy(() -> desk.apply(new Stumble(id(1), Stumble.How.HANDLER_THROWS)))
                .isInstanceOf(Quarantined.class);

        var posting = desk.apply(Pay.bob(1, 1_000));

        assertThat(posting).isInstanceOf(Posted.class);
        assertThat(desk.sequencer.isRunning()).isTrue();
    }

    @Test
    void aCommandThatNobodyHandlesIsQuarantined() {
        var unknown =
                new Command<String>() {
                    @Override
                    public UUID id() {
                        return Books.id(1);
                    }

                    @Override
                    public byte[] content() {
                        return new byte[0];
                    }

                    @Override
                    public String idStandsForAnother() {
                        return "";
                    }
                };

        assertThatThrownBy(() -> desk.apply(unknown))
                .isInstanceOf(Quarantined.class)
                .hasMessageContaining("nobody handles");
    }

    @Test
    void whoFillsTheirPlacesIsSentAwayAndNobodyElse() throws Exception {
        gate.shut();
        var inHand = desk.submit(Pay.bob(1, 1));
        gate.awaitBatch();
        var pays =
                IntStream.range(0, Sequencer.MAX_WAITING_OF_ONE / 8).mapToObj(i -> Pay.bob(2, 1));
        var group = pays.toList();
        var last = inHand;
        while (!last.isCompletedExceptionally()) {
            last = desk.sequencer.submitAll("busy", group).getLast();
        }

        var another = desk.sequencer.submitAll("quiet", List.of(Pay.bob(3, 1))).getFirst();

        assertThat(Desk.failureOf(last)).isInstanceOf(Full.class);
        assertThat(another).isNotDone();
        gate.open();
        assertThat(inHand.get(10, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
        assertThat(another.get(10, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
    }

    @Test
    void closingEndsTheBatchInHandAndRefusesWhatWaits() throws Exception {
        gate.shut();
        var inHand = desk.submit(Pay.bob(1, 400));
        gate.awaitBatch();
        var waiting = desk.submit(Pay.bob(2, 400));

        desk.stop();

        assertThat(inHand.get(10, TimeUnit.SECONDS)).isInstanceOf(Posted.class);
        assertThat(Desk.failureOf(waiting)).isInstanceOf(Unavailable.class);
        assertThat(desk.sequencer.isRunning()).isFalse();
        assertThatThrownBy(() -> desk.apply(Pay.bob(3, 1))).isInstanceOf(Unavailable.class);
        Audit.of(journal, Map.of(Pay.bob(1, 400), inHand.get()));
        assertThat(journal.decided(List.of(id(2), id(3)))).isEmpty();
    }

    /// Calls from as many threads as there are clients, which start together.
    private static List<Posting> atOnce(IntFunction<Posting> call) throws Exception {
        var start = new CyclicBarrier(CLIENTS);
        var calls = new ArrayList<Callable<Posting>>();
        for (int i = 0; i < CLIENTS; i++) {
            int client = i;
            calls.add(() -> {
                start.await(10, TimeUnit.SECONDS);
                return call.apply(client);
            });
        }
        var answers = new ArrayList<Posting>();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            for (var answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
        }
        return answers;
    }
}
