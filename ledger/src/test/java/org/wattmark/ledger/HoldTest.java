package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOBODY;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;

/// Alice has 1,000 and reserves 600 of it under [#HOLD].
class HoldTest {

    private static final UUID HOLD = id(1);
    private static final UUID OTHER = id(2);

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger;

    @BeforeEach
    void reserve600() {
        books.issue(ALICE, 1_000);
        assertThat(ledger.reserve(HOLD, ALICE, BLOCK, 600)).isInstanceOf(Posted.class);
    }

    @Test
    void whatIsReservedCannotBeGivenAway() {
        var tooMuch = ledger.post(books.transfer(ALICE, BOB, 401));
        var allThatIsFree = ledger.post(books.transfer(ALICE, BOB, 400));

        assertThat(tooMuch).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
        assertThat(allThatIsFree).isInstanceOf(Posted.class);
        thenAliceHas(0, 600);
    }

    @Test
    void nobodyReservesMoreThanItHas() {
        var posting = ledger.reserve(OTHER, ALICE, BLOCK, 401);

        assertThat(posting).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
        assertThat(ledger.hold(OTHER)).isEmpty();
        thenAliceHas(400, 600);
    }

    @Test
    void aHoldIsCapturedInParts() {
        var first = capture(BOB, 200);
        var rest = ledger.hold(HOLD);
        var last = capture(RETIRED, 400);

        assertThat(first).isInstanceOf(Posted.class);
        assertThat(rest).contains(new Hold(HOLD, ALICE, BLOCK, 400));
        assertThat(last).isInstanceOf(Posted.class);
        assertThat(ledger.hold(HOLD)).isEmpty();
        assertThat(ledger.balance(BOB, BLOCK)).isEqualTo(200);
        assertThat(ledger.balance(RETIRED, BLOCK)).isEqualTo(400);
        thenAliceHas(400, 0);
    }

    @Test
    void aReleaseGivesBackExactlyTheRest() {
        capture(BOB, 200);

        var released = ledger.release(id(7), HOLD);

        assertThat(released).isInstanceOf(Posted.class);
        assertThat(ledger.hold(HOLD)).isEmpty();
        thenAliceHas(800, 0);
    }

    @Test
    void aHoldThatIsUsedUpIsUnknown() {
        ledger.release(id(7), HOLD);

        var captured = capture(BOB, 1);
        var released = ledger.release(id(8), HOLD);

        assertThat(captured).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
        assertThat(released).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
        thenAliceHas(1_000, 0);
    }

    @Test
    void aCaptureTakesNoMoreThanItsOwnHold() {
        ledger.reserve(OTHER, ALICE, BLOCK, 400);

        var posting = capture(BOB, 601);

        assertThat(posting).isEqualTo(new Rejected(0, Reason.EXCEEDS_HOLD));
        thenAliceHas(0, 1_000);
    }

    @Test
    void reasonsOfHoldsComeBeforeThoseOfAccounts() {
        var unknownHold =
                ledger.settle(List.of(new Step.Capture(id(7), OTHER, NOBODY, Long.MAX_VALUE)));
        var inUse = ledger.reserve(HOLD, NOBODY, BLOCK, 1);
        var exceeding = capture(NOBODY, 601);
        var unknownAccount = capture(NOBODY, 600);

        assertThat(unknownHold).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
        assertThat(inUse).isEqualTo(new Rejected(0, Reason.HOLD_ID_IN_USE));
        assertThat(exceeding).isEqualTo(new Rejected(0, Reason.EXCEEDS_HOLD));
        assertThat(unknownAccount).isEqualTo(new Rejected(0, Reason.CREDIT_ACCOUNT_UNKNOWN));
        thenAliceHas(400, 600);
    }

    @Test
    void onlyAHolderReserves() {
        var source = ledger.reserve(OTHER, ISSUANCE, BLOCK, 1);
        var sink = ledger.reserve(OTHER, RETIRED, BLOCK, 1);
        var unknown = ledger.reserve(OTHER, NOBODY, BLOCK, 1);

        assertThat(source).isEqualTo(new Rejected(0, Reason.ONLY_A_HOLDER_RESERVES));
        assertThat(sink).isEqualTo(new Rejected(0, Reason.ONLY_A_HOLDER_RESERVES));
        assertThat(unknown).isEqualTo(new Rejected(0, Reason.DEBIT_ACCOUNT_UNKNOWN));
    }

    @Test
    void aSettlementIsPostedWholeOrNotAtAll() {
        ledger.post(books.transfer(ISSUANCE, BOB, EUR, 99));
        var before = books.snapshot();
        var entries = books.staging.entries();

        var posting =
                ledger.settle(
                        List.of(
                                new Step.Capture(id(7), HOLD, BOB, 200),
                                new Step.Release(id(8), HOLD),
                                new Step.Plain(books.transfer(BOB, ALICE, EUR, 100))));

        assertThat(posting).isEqualTo(new Rejected(2, Reason.EXCEEDS_BALANCE));
        assertThat(books.snapshot()).isEqualTo(before);
        assertThat(books.staging.entries()).isEqualTo(entries);
    }

    @Test
    void aSettlementGivesAReceiptForEachStep() {
        ledger.post(books.transfer(ISSUANCE, BOB, EUR, 100));

        var posting =
                ledger.settle(
                        List.of(
                                new Step.Capture(id(7), HOLD, BOB, 200),
                                new Step.Plain(books.transfer(BOB, ALICE, EUR, 100)),
                                new Step.Release(id(8), HOLD)));

        var entries = books.staging.entries();
        assertThat(posting)
                .isEqualTo(
                        new Posted(
                                entries.subList(entries.size() - 3, entries.size()).stream()
                                        .map(Entry::receipt)
                                        .toList()));
        thenAliceHas(800, 0);
    }

    @Test
    void aCaptureTakesAtLeastOne() {
        assertThatThrownBy(() -> capture(BOB, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    private Posting capture(AccountId to, long amount) {
        return ledger.settle(List.of(new Step.Capture(id(6), HOLD, to, amount)));
    }

    private void thenAliceHas(long free, long reserved) {
        assertThat(ledger.balance(ALICE, BLOCK)).isEqualTo(free);
        assertThat(ledger.reserved(ALICE, BLOCK)).isEqualTo(reserved);
    }
}
