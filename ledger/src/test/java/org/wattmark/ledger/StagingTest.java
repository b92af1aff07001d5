package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.NOON;
import static org.wattmark.ledger.Books.id;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Bytes;

/// What is decided and not yet durable: how it is taken back, sealed and forgotten.
class StagingTest {

    private final Staging staging = new Staging(() -> new byte[Commitment.SALT_BYTES]);
    private final StagedMap<String, Integer> map = staging.map("map");
    private final StagedMap<String, Integer> totals = staging.totals("totals");
    private final List<String> told = new ArrayList<>();

    StagingTest() {
        staging.add(
                new Machine() {
                    @Override
                    public void apply(Entry entry) {
                        told.add("entry " + entry.sequence());
                        staging.write("row of " + entry.sequence());
                    }

                    @Override
                    public void restored() {
                        told.add("restored");
                    }
                });
        staging.begin(3, NOON);
    }

    private static TransferPosted transfer(long id, TransferPosted.Role role) {
        var transfer = new Transfer(id(id), ALICE, BOB, BLOCK, 1);
        return new TransferPosted(transfer, role, role.belongsToHold() ? id(90) : id(id));
    }

    private static TransferPosted plain(long id) {
        return transfer(id, TransferPosted.Role.PLAIN);
    }

    @Test
    void eachFactGetsTheNextPlaceAndReachesTheMachines() {
        var first = staging.record(plain(1));
        var second = staging.record(plain(2));

        assertThat(first.sequence()).isZero();
        assertThat(second.sequence()).isEqualTo(1);
        assertThat(second.epoch()).isEqualTo(3);
        assertThat(second.at()).isEqualTo(NOON);
        assertThat(staging.entries()).containsExactly(first, second);
        assertThat(staging.rows()).containsExactly("row of 0", "row of 1");
        assertThat(staging.openEntries()).isEqualTo(2);
        assertThat(told).containsExactly("entry 0", "entry 1");
    }

    @Test
    void oneTransferUnderTheIdIsARecordAndNothingElseIs() {
        var before = staging.mark();

        assertThat(staging.isRecordedBy(id(1), before)).isFalse();
        staging.record(plain(1));
        assertThat(staging.isRecordedBy(id(1), before)).isTrue();
        assertThat(staging.isRecordedBy(id(2), before)).isFalse();
        var between = staging.mark();
        staging.record(plain(2));
        assertThat(staging.isRecordedBy(id(2), before)).isFalse();
        assertThat(staging.isRecordedBy(id(2), between)).isTrue();
    }

    @Test
    void aTransferOfAHoldAndAnotherFactAreNoRecord() {
        var before = staging.mark();
        staging.record(transfer(1, TransferPosted.Role.CAPTURES));
        assertThat(staging.isRecordedBy(id(1), before)).isFalse();

        var after = staging.mark();
        staging.record(new NothingChanged(id(2)));
        assertThat(staging.isRecordedBy(id(2), after)).isFalse();
    }

    @Test
    void whatCameAfterAMarkIsTakenBackToIt() {
        map.put("a", 1);
        staging.record(plain(1));
        var mark = staging.mark();
        map.put("a", 2);
        map.put("b", 3);
        staging.record(plain(2));

        staging.rollBackTo(mark);

        assertThat(map.asMap()).isEqualTo(Map.of("a", 1));
        assertThat(staging.openEntries()).isEqualTo(1);
        assertThat(staging.rows()).containsExactly("row of 0");
        assertThat(staging.nextSequence()).isEqualTo(1);
    }

    @Test
    void aSealedBatchHasAllAndTheNextBeginsEmpty() {
        map.put("a", 1);
        staging.record(plain(1));

        var batch = staging.seal(id(9), List.of(), false);

        assertThat(batch.entries()).hasSize(2);
        assertThat(batch.rows()).containsExactly("row of 0", "row of 1");
        assertThat(batch.changes()).containsExactly(new StagedMap.Change("map", "a", null, 1));
        assertThat(staging.entries()).isEmpty();
        assertThat(staging.rows()).isEmpty();
        assertThat(staging.changes()).isEmpty();
        assertThatThrownBy(() -> staging.seal(id(10), List.of(), false))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whenItIsDurableTheNextMayBeSealedAndFallsAlone() {
        map.put("a", 1);
        staging.record(plain(1));
        staging.seal(id(9), List.of(), false);
        staging.commitSealed();
        map.put("a", 2);
        staging.record(plain(2));

        staging.discard();

        assertThat(map.asMap()).isEqualTo(Map.of("a", 1));
        assertThat(staging.nextSequence()).isEqualTo(2);
        assertThat(staging.seal(id(10), List.of(), false).firstSequence()).isEqualTo(2);
    }

    @Test
    void aSealedBatchFallsWithTheOpenOne() {
        map.put("a", 1);
        staging.record(plain(1));
        staging.seal(id(9), List.of(), false);
        map.put("a", 2);
        staging.record(plain(2));

        staging.discard();

        assertThat(map.asMap()).isEmpty();
        assertThat(staging.nextSequence()).isZero();
        assertThat(staging.changes()).isEmpty();
    }

    @Test
    void entriesAreUnsettledUntilABatchTakesTheTotalsAlong() {
        totals.put("a", 1);
        staging.record(plain(1));
        assertThat(staging.unsettledEntries()).isEqualTo(1);

        var without = staging.seal(id(9), List.of(), false);
        staging.commitSealed();
        staging.record(plain(2));

        assertThat(without.changes()).isEmpty();
        assertThat(staging.unsettledEntries()).isEqualTo(3);
        assertThat(staging.touchedTotals()).isEqualTo(1);
        var with = staging.seal(id(10), List.of(), true);
        assertThat(with.changes()).containsExactly(new StagedMap.Change("totals", "a", null, 1));
        assertThat(staging.unsettledEntries()).isZero();
    }

    @Test
    void whatABatchThatFellWouldHaveSettledIsUnsettledAgain() {
        totals.put("a", 1);
        staging.record(plain(1));
        staging.seal(id(9), List.of(), false);
        staging.commitSealed();
        totals.put("a", 2);
        totals.put("b", 1);
        staging.record(plain(2));
        staging.seal(id(10), List.of(), true);

        staging.discard();

        assertThat(totals.asMap()).isEqualTo(Map.of("a", 1));
        assertThat(staging.unsettledEntries()).isEqualTo(2);
        assertThat(staging.seal(id(11), List.of(), true).changes())
                .containsExactly(new StagedMap.Change("totals", "a", null, 1));
    }

    @Test
    void whoForgetsEverythingBeginsAnew() {
        map.put("a", 1);
        staging.record(plain(1));
        staging.seal(id(9), List.of(), false);
        map.put("a", 2);
        staging.record(plain(2));

        staging.clear();

        assertThat(map.asMap()).isEmpty();
        assertThat(staging.entries()).isEmpty();
        assertThat(staging.rows()).isEmpty();
        assertThat(staging.changes()).isEmpty();
        assertThat(staging.nextSequence()).isZero();
        assertThat(staging.unsettledEntries()).isZero();
        assertThat(told).endsWith("restored");
        staging.discard();
        assertThat(map.asMap()).isEmpty();
    }

    @Test
    void whatIsRestoredIsNoChange() {
        staging.restore(new Journal.Loaded(7, Map.of("map", Map.of("a", 1), "nobodys", Map.of())));

        assertThat(map.asMap()).isEqualTo(Map.of("a", 1));
        assertThat(staging.changes()).isEmpty();
        assertThat(staging.nextSequence()).isEqualTo(7);
        assertThat(told).containsExactly("restored");
    }

    @Test
    void aTableThatNobodyHasIsNotPassedOver() {
        var loaded = new Journal.Loaded(7, Map.of("nobodys", Map.of("a", 1)));

        assertThatThrownBy(() -> staging.restore(loaded))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("nobodys");
    }

    @Test
    void whatIsReplayedReachesTheMachinesAndIsNotWrittenAgain() {
        var entry = new Entry(0, 1, NOON, plain(1), Bytes.EMPTY);

        staging.replay(entry);

        assertThat(told).containsExactly("entry 0");
        assertThat(staging.rows()).isEmpty();
        assertThat(staging.entries()).isEmpty();
        assertThat(staging.isReplaying()).isFalse();
        assertThatThrownBy(() -> staging.replay(entry))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected entry 1");
    }

    @Test
    void whatStandsWithoutAJournalIsNotTakenBack() {
        map.put("a", 1);
        staging.record(plain(1));

        staging.commit();
        staging.discard();

        assertThat(map.asMap()).isEqualTo(Map.of("a", 1));
        assertThat(staging.changes()).isEmpty();
        assertThat(staging.entries()).isEmpty();
        assertThat(staging.rows()).isEmpty();
    }

    @Test
    void noTwoMapsHaveOneName() {
        assertThatThrownBy(() -> staging.totals("map"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
