package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOON;
import static org.wattmark.ledger.Books.id;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.PostTransfer.Balancing;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;

/// Alice has 1,000 and promises 600 of it to Bob under [#PENDING], for a minute.
class PendingTransferTest {

    private static final UUID PENDING = id(1);

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger;

    @BeforeEach
    void promise600() {
        books.staging.begin(1, NOON);
        books.issue(ALICE, 1_000);
        thenPosted(pending(PENDING, 600, 60));
    }

    @Test
    void itsAmountIsReservedForItsPayee() {
        var hold = ledger.hold(PENDING);

        var tooMuch = ledger.post(books.transfer(ALICE, BOB, 401));

        assertThat(hold)
                .contains(
                        new Hold(
                                PENDING,
                                ALICE,
                                BLOCK,
                                600,
                                new HoldTerms(BOB, NOON.plusSeconds(60))));
        assertThat(tooMuch).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
        thenHave(400, 600, 0);
    }

    @Test
    void postedInPartItGivesTheRestBackAtOnce() {
        var posting = ledger.post(new PostPending(id(2), PENDING, 250));

        assertThat(posting).isInstanceOf(Posted.class);
        assertThat(((Posted) posting).amounts()).containsExactly(250L, 350L);
        assertThat(ledger.hold(PENDING)).isEmpty();
        thenHave(750, 0, 250);
    }

    @Test
    void postedWholeItSaysHowMuchThatWas() {
        var posting = ledger.post(PostPending.whole(id(2), PENDING));

        assertThat(((Posted) posting).amounts()).containsExactly(600L);
        thenHave(400, 0, 600);
    }

    @Test
    void postedByItsExactAmountItSaysNothingNew() {
        var posting = ledger.post(new PostPending(id(2), PENDING, 600));

        assertThat(((Posted) posting).receipts()).hasSize(1);
        assertThat(((Posted) posting).amounts()).isEmpty();
    }

    @Test
    void voidedItGoesBackWhole() {
        var posting = ledger.post(new VoidPending(id(2), PENDING));

        assertThat(((Posted) posting).amounts()).containsExactly(600L);
        thenHave(1_000, 0, 0);
    }

    @Test
    void itIsUsedOnce() {
        ledger.post(new PostPending(id(2), PENDING, 250));

        var again = ledger.post(new PostPending(id(3), PENDING, 1));
        var voided = ledger.post(new VoidPending(id(4), PENDING));

        assertThat(again).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
        assertThat(voided).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
    }

    @Test
    void noMoreIsPostedThanWasPromised() {
        var posting = ledger.post(new PostPending(id(2), PENDING, 601));

        assertThat(posting).isEqualTo(new Rejected(0, Reason.EXCEEDS_HOLD));
        thenHave(400, 600, 0);
    }

    @Test
    void whatAMarketReservesIsNoPendingTransfer() {
        ledger.reserve(id(2), ALICE, BLOCK, 100);

        var posted = ledger.post(PostPending.whole(id(3), id(2)));
        var voided = ledger.post(new VoidPending(id(4), id(2)));

        assertThat(posted).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
        assertThat(voided).isEqualTo(new Rejected(0, Reason.HOLD_UNKNOWN));
        thenHave(300, 700, 0);
    }

    @Test
    void itDoesNotTakeThePlaceOfAHold() {
        ledger.reserve(id(2), ALICE, BLOCK, 100);

        var posting = pending(id(2), 1, 0);

        assertThat(posting).isEqualTo(new Rejected(0, Reason.HOLD_ID_IN_USE));
        thenHave(300, 700, 0);
    }

    @Test
    void itExpiresAtItsMomentAndNotBefore() {
        books.staging.begin(1, NOON.plusSeconds(60).minusNanos(1_000));
        var early = ledger.release(new ReleaseExpired(id(2), 10));
        books.staging.begin(1, NOON.plusSeconds(60));

        var late = ledger.post(PostPending.whole(id(3), PENDING));

        assertThat(early).isEqualTo(new Expiry.Released(List.of(), false));
        assertThat(late).isEqualTo(new Rejected(0, Reason.HOLD_EXPIRED));
        thenHave(400, 600, 0);
    }

    @Test
    void itIsPostedUpToTheLastMicrosecond() {
        books.staging.begin(1, NOON.plusSeconds(60).minusNanos(1_000));

        thenPosted(ledger.post(PostPending.whole(id(3), PENDING)));

        thenHave(400, 0, 600);
    }

    @Test
    void whatHasExpiredMayStillBeVoided() {
        books.staging.begin(1, NOON.plusSeconds(61));

        thenPosted(ledger.post(new VoidPending(id(2), PENDING)));

        thenHave(1_000, 0, 0);
    }

    @Test
    void whatExpiredFirstIsReleasedFirstAndNoMoreThanAskedFor() {
        thenPosted(pending(id(12), 5, 30));
        thenPosted(pending(id(11), 7, 30));
        thenPosted(pending(id(13), 11, 0));
        books.staging.begin(1, NOON.plusSeconds(60));

        var two = ledger.release(new ReleaseExpired(id(2), 2));
        var left = List.copyOf(books.snapshot().getOrDefault("hold", Map.of()).keySet());
        var rest = ledger.release(new ReleaseExpired(id(3), 2));

        assertThat(((Expiry.Released) two).receipts()).hasSize(2);
        assertThat(((Expiry.Released) two).moreWait()).isTrue();
        assertThat(left).map(String::valueOf).doesNotContain(id(11).toString(), id(12).toString());
        assertThat(((Expiry.Released) rest).receipts()).hasSize(1);
        assertThat(((Expiry.Released) rest).moreWait()).isFalse();
        assertThat(ledger.hold(id(13))).as("one without a timeout").isPresent();
    }

    @Test
    void ofOneMomentTheSmallerIdIsReleasedFirst() {
        thenPosted(pending(id(12), 5, 30));
        thenPosted(pending(id(11), 7, 30));
        books.staging.begin(1, NOON.plusSeconds(30));

        ledger.release(new ReleaseExpired(id(2), 1));

        assertThat(ledger.hold(id(11))).isEmpty();
        assertThat(ledger.hold(id(12))).isPresent();
    }

    @Test
    void oneThatCannotGoBackDoesNotHoldUpTheOthers() {
        var other = AccountId.system("other-issuance");
        ledger.open(new Account(other, Account.Kind.SOURCE));
        books.issue(BOB, 10);
        thenPosted(
                ledger.post(PostTransfer.pending(new Transfer(id(12), BOB, ALICE, BLOCK, 10), 90)));
        thenPosted(ledger.post(books.transfer(other, ALICE, Long.MAX_VALUE - 400)));
        books.staging.begin(1, NOON.plusSeconds(90));

        var expiry = ledger.release(new ReleaseExpired(id(2), 1));

        assertThat(((Expiry.Released) expiry).receipts()).hasSize(1);
        assertThat(ledger.hold(PENDING)).isPresent();
        assertThat(ledger.hold(id(12))).isEmpty();
    }

    @Test
    void aServerThatStartsKnowsWhatExpires() {
        var restarted = Books.empty();
        restarted.staging.restore(new Journal.Loaded(9, books.snapshot()));
        restarted.staging.begin(2, NOON.plusSeconds(60));

        var expiry = restarted.ledger.release(new ReleaseExpired(id(2), 10));

        assertThat(((Expiry.Released) expiry).receipts()).hasSize(1);
        assertThat(restarted.ledger.balance(ALICE, BLOCK)).isEqualTo(1_000);
    }

    @Test
    void onlyAHolderPromisesAndOnlyToSomebody() {
        var source = new Transfer(id(2), ISSUANCE, BOB, BLOCK, 1);
        var toNobody = new Transfer(id(3), ALICE, Books.NOBODY, BLOCK, 1);
        var toReserve = new Transfer(id(4), ALICE, BOB.reserved(), BLOCK, 1);

        assertThat(ledger.post(PostTransfer.pending(source, 0)))
                .isEqualTo(new Rejected(0, Reason.ONLY_A_HOLDER_RESERVES));
        assertThat(ledger.post(PostTransfer.pending(toNobody, 0)))
                .isEqualTo(new Rejected(0, Reason.CREDIT_ACCOUNT_UNKNOWN));
        assertThat(ledger.post(PostTransfer.pending(toReserve, 0)))
                .isEqualTo(new Rejected(0, Reason.CREDIT_ACCOUNT_UNKNOWN));
    }

    @Test
    void aPayeeThatIsClosedMeanwhileGetsNothingAndTheRestGoesBack() {
        ledger.set(new SetStanding(id(2), BOB, Standing.CLOSED));

        var posted = ledger.post(PostPending.whole(id(3), PENDING));
        var voided = ledger.post(new VoidPending(id(4), PENDING));

        assertThat(posted).isEqualTo(new Rejected(0, Reason.CREDIT_ACCOUNT_CLOSED));
        thenPosted(voided);
        thenHave(1_000, 0, 0);
    }

    @Test
    void whatIsLeftMayBePromisedByBalance() {
        var most = new Transfer(id(2), ALICE, BOB, BLOCK, 5_000);

        var posting = ledger.post(new PostTransfer(most, Balancing.DEBIT, true, 0));

        assertThat(((Posted) posting).amounts()).containsExactly(400L);
        thenHave(0, 1_000, 0);
    }

    @Test
    void aTimeoutHasItsLimits() {
        var transfer = new Transfer(id(2), ALICE, BOB, BLOCK, 1);
        int most = PostTransfer.MAX_TIMEOUT_SECONDS;

        thenPosted(ledger.post(PostTransfer.pending(transfer, most)));

        assertThat(ledger.hold(id(2)).orElseThrow().terms().expires())
                .isEqualTo(NOON.plusSeconds(366L * 24 * 3_600));
        assertThatThrownBy(() -> PostTransfer.pending(transfer, most + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> PostTransfer.pending(transfer, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PostTransfer(transfer, Balancing.NONE, false, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new PostPending(id(3), PENDING, -1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReleaseExpired(id(3), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReleaseExpired(id(3), ReleaseExpired.MAX_RELEASES + 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Posting pending(UUID id, long amount, int timeoutSeconds) {
        return ledger.post(
                PostTransfer.pending(new Transfer(id, ALICE, BOB, BLOCK, amount), timeoutSeconds));
    }

    private static void thenPosted(Posting posting) {
        assertThat(posting).isInstanceOf(Posted.class);
    }

    private void thenHave(long aliceFree, long aliceReserved, long bob) {
        assertThat(ledger.balance(ALICE, BLOCK)).isEqualTo(aliceFree);
        assertThat(ledger.reserved(ALICE, BLOCK)).isEqualTo(aliceReserved);
        assertThat(ledger.balance(BOB, BLOCK)).isEqualTo(bob);
    }
}
