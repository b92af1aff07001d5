package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.id;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Journal.Appended;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.ledger.Sequencer.Event;
import org.wattmark.ledger.Sequencer.Quarantined;
import org.wattmark.ledger.Sequencer.Unavailable;
import org.wattmark.testing.SettableClock;

/// While one batch is on its way the next one is decided on top of it.
class PipelineTest {

    private final MemoryJournal store = Desk.journalWithFunds();

    @Test
    void theNextBatchSeesWhatTheOneOnItsWayDid() throws Exception {
        var gate = new GatedJournal(store);
        try (var desk = Desk.on(gate)) {
            gate.shut();
            var first = desk.submit(Pay.bob(1, 700));
            gate.awaitBatch();

            var second = desk.submit(Pay.bob(2, 700));
            gate.open();

            assertThat(answerOf(first)).isInstanceOf(Posted.class);
            assertThat(answerOf(second)).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
        }
    }

    @Test
    void whatWasDecidedOnTopOfAFailedBatchIsDecidedAnew() throws Exception {
        var gate = new GatedJournal(FaultyJournal.refusing(store, id(1)));
        try (var desk = Desk.on(gate)) {
            gate.shut();
            var offender = desk.submit(Pay.bob(1, 700));
            gate.awaitBatch();
            var onTop = List.of(desk.submit(Pay.bob(2, 700)), desk.submit(Pay.bob(3, 300)));
            gate.open();

            assertThat(Desk.failureOf(offender)).isInstanceOf(Quarantined.class);
            var told = new HashMap<Pay, Posting>();
            told.put(Pay.bob(2, 700), answerOf(onTop.get(0)));
            told.put(Pay.bob(3, 300), answerOf(onTop.get(1)));
            assertThat(told.values()).allMatch(Posted.class::isInstance);
            Audit.of(store, told);
        }
    }

    @Test
    void oldIdsAmongNewOnesAreAnsweredAsTheyWere() throws Exception {
        Posting posted;
        Posting refused;
        try (var desk = Desk.on(store)) {
            posted = desk.apply(Pay.bob(1, 400));
            refused = desk.apply(Pay.bob(2, 601));
        }
        var gate = new GatedJournal(store);
        try (var desk = Desk.on(gate)) {
            var pays = List.of(Pay.bob(3, 100), Pay.bob(1, 400), Pay.bob(2, 601), Pay.bob(1, 401));

            var answers = desk.submitTogether(gate, pays);

            assertThat(answerOf(answers.get(0))).isInstanceOf(Posted.class);
            assertThat(answerOf(answers.get(1))).isEqualTo(posted);
            assertThat(answerOf(answers.get(2))).isEqualTo(refused);
            assertThat(answerOf(answers.get(3)))
                    .isEqualTo(new Rejected(0, Reason.ID_STANDS_FOR_ANOTHER));
            Audit.of(store, Map.of(Pay.bob(1, 400), posted, Pay.bob(2, 601), refused));
        }
    }

    /// Its handler trips over what it did itself, a restart ago.
    @Test
    void anOldCommandThatTripsOverItsOwnEffectIsAnsweredAsItWas() throws Exception {
        var hold = new Stumble(id(1), Stumble.How.AGAIN_THROWS);
        Posting posted;
        try (var desk = Desk.on(store)) {
            posted = desk.apply(hold);
        }
        try (var desk = Desk.on(store)) {

            var again = desk.apply(hold);

            assertThat(posted).isInstanceOf(Posted.class);
            assertThat(again).isEqualTo(posted);
            assertThat(desk.count(Event.Violated.class)).isZero();
        }
    }

    @Test
    void aJournalThatLostItsEndStopsEverything() throws Exception {
        var amnesiac =
                new ForwardingJournal(store) {
                    @Override
                    public Appended append(Batch batch) {
                        return new Appended.Diverged("it ends elsewhere");
                    }
                };
        try (var desk = Desk.on(amnesiac)) {

            var answer = desk.submit(Pay.bob(1, 1));

            assertThat(Desk.failureOf(answer)).isInstanceOf(Unavailable.class);
            assertThat(desk.awaitEvent(Event.Failed.class).cause()).hasMessage("it ends elsewhere");
            assertThat(Desk.failureOf(desk.submit(Pay.bob(2, 1)))).isInstanceOf(Unavailable.class);
        }
    }

    @Test
    void totalsAreWrittenNowAndThenAndLoadedWhole() throws Exception {
        int holders = 200;
        var gate = new GatedJournal(store);
        var expected = new HashMap<AccountId, Long>();
        try (var desk = Desk.on(gate)) {
            desk.apply(new Pay(id(1), ISSUANCE, ALICE, BLOCK, 1_000_000));
            var accounts = new ArrayList<Account>();
            var pays = new ArrayList<Pay>();
            for (int i = 0; i < holders; i++) {
                var holder = AccountId.holder(id(5_000 + i));
                accounts.add(new Account(holder, Account.Kind.HOLDER));
                pays.add(new Pay(id(10_000 + i), ALICE, holder, BLOCK, 1 + i));
                expected.put(holder, 1L + i);
            }
            desk.apply(new OpenAccounts(id(2), accounts));
            desk.events.clear();

            for (var answer : desk.submitTogether(gate, pays)) {
                assertThat(answerOf(answer)).isInstanceOf(Posted.class);
            }

            assertThat(desk.events)
                    .filteredOn(Event.Committed.class::isInstance)
                    .anyMatch(event -> !((Event.Committed) event).batch().settlesTotals());
        }
        var loaded = Books.rows(store.load(), "balance");
        expected.forEach((holder, amount) ->
                assertThat(loaded.get(new BalanceKey(holder, BLOCK))).isEqualTo(amount));
        try (var restarted = Desk.on(store)) {
            var pay = new Pay(id(3), AccountId.holder(id(5_199)), BOB, BLOCK, 200);

            assertThat(restarted.apply(pay)).isInstanceOf(Posted.class);
        }
    }

    @Test
    void whoStandsByLeadsWhenNobodyElseDoes() throws Exception {
        try (var leader = Desk.on(store);
                var standby = Desk.standingBy(store)) {
            var posting = leader.apply(Pay.bob(1, 400));
            assertThat(Desk.failureOf(standby.submit(Pay.bob(1, 400))))
                    .isInstanceOf(Unavailable.class);

            store.expireLease();
            standby.awaitEvent(Event.Leads.class);

            assertThat(standby.apply(Pay.bob(1, 400))).isEqualTo(posting);
            assertThat(Desk.failureOf(leader.submit(Pay.bob(2, 1))))
                    .isInstanceOf(Unavailable.class);
            Audit.of(store, Map.of(Pay.bob(1, 400), posting));
        }
    }

    @Test
    void whoLostTheLeadStandsByAndLeadsAgainOnWhatTheOtherDid() throws Exception {
        try (var first = Desk.standingBy(store)) {
            first.awaitEvent(Event.Leads.class);
            Posting posting;
            try (var second = Desk.on(store)) {
                posting = second.apply(Pay.bob(1, 1_000));
                assertThat(Desk.failureOf(first.submit(Pay.bob(2, 1_000))))
                        .isInstanceOf(Unavailable.class);
                first.awaitEvent(Event.Fenced.class);
            }

            first.awaitEvent(Event.Leads.class);

            assertThat(first.apply(Pay.bob(2, 1_000)))
                    .isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
            Audit.of(store, Map.of(Pay.bob(1, 1_000), posting));
        }
    }

    @Test
    void aSteppedSequencerDoesNothingByItself() throws Exception {
        var books = Books.empty();
        var stepped =
                Sequencer.on(store, books.staging, new SettableClock(Books.NOON))
                        .handle(Pay.class, pay -> books.ledger.post(pay.transfer()))
                        .stepped();

        var answer = stepped.submit(Pay.bob(1, 400));

        assertThat(answer).isNotDone();
        assertThat(stepped.step()).isTrue();
        assertThat(answerOf(answer)).isInstanceOf(Posted.class);
        assertThat(stepped.step()).isFalse();
        assertThat(stepped.isRunning()).isTrue();
    }

    private static Posting answerOf(CompletableFuture<Posting> answer) throws Exception {
        return answer.get(10, TimeUnit.SECONDS);
    }
}
