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
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;

class LedgerTest {

    private static final Asset TEST_BLOCK = Asset.testCredits(id(0xC));

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger;

    @Test
    void whatOneGivesTheOtherReceives() {
        books.issue(ALICE, 1_000);

        var posting = ledger.post(books.transfer(ALICE, BOB, 400));

        assertThat(posting).isInstanceOf(Posted.class);
        assertThat(ledger.balance(ALICE, BLOCK)).isEqualTo(600);
        assertThat(ledger.balance(BOB, BLOCK)).isEqualTo(400);
    }

    @Test
    void theReceiptNamesTheEntry() {
        books.issue(ALICE, 1_000);

        var posting = ledger.post(books.transfer(ALICE, BOB, 400));

        assertThat(posting)
                .isEqualTo(new Posted(List.of(books.staging.entries().getLast().receipt())));
    }

    @Test
    void testAndLiveDoNotMix() {
        var issuance = AccountId.testSystem("issuance");
        var player = AccountId.testHolder(id(0xA));
        ledger.open(new Account(issuance, Account.Kind.SOURCE));
        ledger.open(new Account(player, Account.Kind.HOLDER));
        books.issue(ALICE, 1_000);

        var played = ledger.post(books.transfer(issuance, player, TEST_BLOCK, 1_000));
        var reserved = ledger.reserve(id(1), player, TEST_BLOCK, 400);

        assertThat(played).isInstanceOf(Posted.class);
        assertThat(reserved).isInstanceOf(Posted.class);
        thenRejected(
                books.transfer(issuance, ALICE, TEST_BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(player, BOB, TEST_BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(ALICE, BOB, TEST_BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(ALICE, player, TEST_BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(player, ALICE, BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(ALICE, player, BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(issuance, player, BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
    }

    @Test
    void reasonsComeInTheirOrder() {
        thenRejected(books.transfer(NOBODY, new AccountId("x"), 1), Reason.DEBIT_ACCOUNT_UNKNOWN);
        thenRejected(books.transfer(RETIRED, NOBODY, TEST_BLOCK, 1), Reason.CREDIT_ACCOUNT_UNKNOWN);
        thenRejected(
                books.transfer(RETIRED, ALICE, TEST_BLOCK, 1), Reason.TEST_AND_LIVE_DO_NOT_MIX);
        thenRejected(books.transfer(RETIRED, ALICE, 1), Reason.DEBIT_ACCOUNT_IS_A_SINK);

        books.issue(BOB, Long.MAX_VALUE);

        thenRejected(books.transfer(ALICE, BOB, 1), Reason.EXCEEDS_BALANCE);
        thenRejected(books.transfer(ISSUANCE, BOB, 1), Reason.BALANCE_WOULD_OVERFLOW);
    }

    @Test
    void aSinkIsNeverDebitedAgain() {
        books.issue(ALICE, 1_000);
        ledger.post(books.transfer(ALICE, RETIRED, 1_000));

        var posting = ledger.post(books.transfer(RETIRED, ALICE, 1));

        assertThat(posting).isEqualTo(new Rejected(0, Reason.DEBIT_ACCOUNT_IS_A_SINK));
        assertThat(ledger.balance(RETIRED, BLOCK)).isEqualTo(1_000);
    }

    @Test
    void aSourceGivesUpToTheLastLongAndNotOneMore() {
        books.issue(ALICE, Long.MAX_VALUE - 1);
        books.issue(BOB, 1);

        var posting = ledger.post(books.transfer(ISSUANCE, BOB, 1));

        assertThat(posting).isEqualTo(new Rejected(0, Reason.BALANCE_WOULD_OVERFLOW));
        assertThat(ledger.balance(ISSUANCE, BLOCK)).isEqualTo(-Long.MAX_VALUE);
    }

    @Test
    void nobodyHoldsMoreThanALong() {
        var otherSource = AccountId.system("other-issuance");
        ledger.open(new Account(otherSource, Account.Kind.SOURCE));
        books.issue(ALICE, Long.MAX_VALUE - 5);

        var fits = ledger.post(books.transfer(otherSource, ALICE, 5));
        var overflows = ledger.post(books.transfer(otherSource, ALICE, 1));
        var byFar = ledger.post(books.transfer(otherSource, ALICE, Long.MAX_VALUE));

        assertThat(fits).isInstanceOf(Posted.class);
        assertThat(overflows).isEqualTo(new Rejected(0, Reason.BALANCE_WOULD_OVERFLOW));
        assertThat(byFar).isEqualTo(new Rejected(0, Reason.BALANCE_WOULD_OVERFLOW));
        assertThat(ledger.balance(ALICE, BLOCK)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void linkedTransfersArePostedTogetherOrNotAtAll() {
        books.issue(ALICE, 1_000);
        var before = books.snapshot();

        var posting =
                ledger.post(
                        List.of(books.transfer(ALICE, BOB, 400), books.transfer(ALICE, BOB, 601)));

        assertThat(posting).isEqualTo(new Rejected(1, Reason.EXCEEDS_BALANCE));
        assertThat(books.snapshot()).isEqualTo(before);
    }

    @Test
    void anEarlierLegFundsALaterOne() {
        books.issue(ALICE, 1_000);

        var posting =
                ledger.post(
                        List.of(
                                books.transfer(ALICE, BOB, 1_000),
                                books.transfer(BOB, RETIRED, 1_000)));
        var wrongOrder =
                ledger.post(
                        List.of(books.transfer(BOB, RETIRED, 1), books.transfer(ALICE, BOB, 1)));

        assertThat(posting).isInstanceOf(Posted.class);
        assertThat(ledger.balance(RETIRED, BLOCK)).isEqualTo(1_000);
        assertThat(wrongOrder).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
    }

    @Test
    void creditsAndCashMoveTogetherOrNot() {
        books.issue(ALICE, 1_000);
        ledger.post(books.transfer(ISSUANCE, BOB, EUR, 99));
        var before = books.snapshot();

        var posting =
                ledger.post(
                        List.of(
                                books.transfer(ALICE, BOB, BLOCK, 1_000),
                                books.transfer(BOB, ALICE, EUR, 100)));

        assertThat(posting).isEqualTo(new Rejected(1, Reason.EXCEEDS_BALANCE));
        assertThat(books.snapshot()).isEqualTo(before);
    }

    @Test
    void anOpenAccountStaysAsItIs() {
        books.issue(ALICE, 1_000);
        var before = books.snapshot();

        ledger.open(new Account(ALICE, Account.Kind.SINK));

        assertThat(books.snapshot()).isEqualTo(before);
        assertThat(ledger.isOpen(ALICE)).isTrue();
        assertThat(ledger.isOpen(NOBODY)).isFalse();
    }

    @Test
    void whatHoldsReserveIsReachedByNoTransfer() {
        books.issue(ALICE, 1_000);
        ledger.reserve(id(1), ALICE, BLOCK, 300);

        thenRejected(books.transfer(ALICE.reserved(), BOB, 1), Reason.DEBIT_ACCOUNT_UNKNOWN);
        thenRejected(books.transfer(BOB, ALICE.reserved(), 1), Reason.CREDIT_ACCOUNT_UNKNOWN);
        assertThat(ledger.settle(List.of(new Step.Capture(id(2), id(1), BOB.reserved(), 1))))
                .isEqualTo(new Rejected(0, Reason.CREDIT_ACCOUNT_UNKNOWN));
        assertThat(ledger.reserve(id(3), ALICE.reserved(), BLOCK, 1))
                .isEqualTo(new Rejected(0, Reason.DEBIT_ACCOUNT_UNKNOWN));
        assertThatThrownBy(() -> ledger.open(new Account(BOB.reserved(), Account.Kind.SOURCE)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransferMovesAtLeastOneBetweenTwo() {
        assertThatThrownBy(() -> books.transfer(ALICE, BOB, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> books.transfer(ALICE, ALICE, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aCommandsTransfersHaveIdsThatFollowFromIts() {
        var first = Transfer.numbered(id(1), 0, ALICE, BOB, BLOCK, 1);
        var again = Transfer.numbered(id(1), 0, ALICE, BOB, BLOCK, 1);
        var second = Transfer.numbered(id(1), 1, ALICE, BOB, BLOCK, 1);

        assertThat(again).isEqualTo(first);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(first.id().version()).isEqualTo(8);
        assertThat(first.id().variant()).isEqualTo(2);
    }

    private void thenRejected(Transfer transfer, Reason reason) {
        var before = books.snapshot();

        assertThat(ledger.post(transfer)).isEqualTo(new Rejected(0, reason));

        assertThat(books.snapshot()).isEqualTo(before);
    }
}
