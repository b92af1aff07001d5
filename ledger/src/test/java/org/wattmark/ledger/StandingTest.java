package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOBODY;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account.Kind;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.ledger.StandingChange.Changed;
import org.wattmark.ledger.StandingChange.Refused;

/// Alice has 1,000 g, of which a market holds 300.
class StandingTest {

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger;

    @BeforeEach
    void hold300() {
        books.issue(ALICE, 1_000);
        ledger.reserve(id(1), ALICE, BLOCK, 300);
    }

    @Test
    void nothingMovesInOrOutOfAFrozenAccount() {
        set(ALICE, Standing.FROZEN);

        thenRejected(pay(ALICE, BOB), Reason.DEBIT_ACCOUNT_FROZEN);
        thenRejected(pay(ISSUANCE, ALICE), Reason.CREDIT_ACCOUNT_FROZEN);
        thenRejected(ledger.reserve(id(2), ALICE, BLOCK, 1), Reason.DEBIT_ACCOUNT_FROZEN);
        thenRejected(capture(BOB), Reason.DEBIT_ACCOUNT_FROZEN);
        assertThat(ledger.isOpen(ALICE)).isTrue();
    }

    @Test
    void whatIsHeldGoesBackToAFrozenAccount() {
        set(ALICE, Standing.FROZEN);

        var released = ledger.release(id(2), id(1));

        assertThat(released).isInstanceOf(Posted.class);
        assertThat(ledger.balance(ALICE, BLOCK)).isEqualTo(1_000);
    }

    @Test
    void anAccountThatIsThawedMovesAgain() {
        set(ALICE, Standing.FROZEN);

        set(ALICE, Standing.OPEN);

        assertThat(pay(ALICE, BOB)).isInstanceOf(Posted.class);
        assertThat(capture(BOB)).isInstanceOf(Posted.class);
    }

    @Test
    void nothingMovesInAFrozenAssetButWhatGoesBack() {
        ledger.post(books.transfer(ISSUANCE, ALICE, EUR, 5));

        var frozen = ledger.set(new SetFreeze(id(2), BLOCK, true));

        assertThat(frozen).isInstanceOf(Changed.class);
        thenRejected(pay(ALICE, BOB), Reason.ASSET_FROZEN);
        thenRejected(pay(ISSUANCE, BOB), Reason.ASSET_FROZEN);
        thenRejected(ledger.reserve(id(3), ALICE, BLOCK, 1), Reason.ASSET_FROZEN);
        thenRejected(capture(BOB), Reason.ASSET_FROZEN);
        assertThat(ledger.post(books.transfer(ALICE, BOB, EUR, 5))).isInstanceOf(Posted.class);
        assertThat(ledger.release(id(4), id(1))).isInstanceOf(Posted.class);
        assertThat(ledger.set(new SetFreeze(id(5), BLOCK, false))).isInstanceOf(Changed.class);
        assertThat(pay(ALICE, BOB)).isInstanceOf(Posted.class);
    }

    @Test
    void onlyAnEmptyAccountIsClosed() {
        var full = ledger.set(new SetStanding(id(2), ALICE, Standing.CLOSED));
        ledger.post(books.transfer(ALICE, BOB, 700));
        var held = ledger.set(new SetStanding(id(3), ALICE, Standing.CLOSED));
        capture(BOB);

        var empty = ledger.set(new SetStanding(id(4), ALICE, Standing.CLOSED));

        assertThat(full).isEqualTo(new Refused(StandingChange.Reason.ACCOUNT_NOT_EMPTY));
        assertThat(held).isEqualTo(new Refused(StandingChange.Reason.ACCOUNT_NOT_EMPTY));
        assertThat(empty).isInstanceOf(Changed.class);
        assertThat(ledger.isOpen(ALICE)).isFalse();
    }

    @Test
    void whatIsClosedStaysClosed() {
        set(BOB, Standing.CLOSED);

        ledger.open(new Account(BOB, Kind.HOLDER));

        thenRejected(pay(BOB, ALICE), Reason.DEBIT_ACCOUNT_CLOSED);
        thenRejected(pay(ALICE, BOB), Reason.CREDIT_ACCOUNT_CLOSED);
        for (var standing : Standing.values()) {
            assertThat(ledger.set(new SetStanding(id(2), BOB, standing)))
                    .isEqualTo(new Refused(StandingChange.Reason.ACCOUNT_CLOSED));
        }
    }

    @Test
    void reasonsComeInTheirOrder() {
        var set = new SetStanding(id(2), NOBODY, Standing.CLOSED);
        var freeze = new SetFreeze(id(3), EUR, true);

        assertThat(ledger.set(set)).isEqualTo(new Refused(StandingChange.Reason.ACCOUNT_UNKNOWN));
        assertThat(ledger.set(new SetStanding(id(2), ALICE.reserved(), Standing.FROZEN)))
                .isEqualTo(new Refused(StandingChange.Reason.ACCOUNT_UNKNOWN));
        assertThat(ledger.set(freeze)).isEqualTo(new Refused(StandingChange.Reason.ASSET_UNKNOWN));
        assertThat(ledger.set(new SetStanding(id(2), ALICE, Standing.OPEN)))
                .isEqualTo(new Refused(StandingChange.Reason.ALREADY_SO));
        assertThat(ledger.set(new SetFreeze(id(3), BLOCK, false)))
                .isEqualTo(new Refused(StandingChange.Reason.ALREADY_SO));
        assertThat(set.idStandsForAnother())
                .isEqualTo(new Refused(StandingChange.Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(freeze.idStandsForAnother())
                .isEqualTo(new Refused(StandingChange.Reason.ID_STANDS_FOR_ANOTHER));
    }

    @Test
    void aSourceTakesBackWhatItGaveAndNoMore() {
        var tooMuch = ledger.post(books.transfer(clearing(), ISSUANCE, 1_001));
        var all = ledger.post(books.transfer(clearing(), ISSUANCE, 1_000));

        assertThat(tooMuch).isEqualTo(new Rejected(0, Reason.EXCEEDS_WHAT_SOURCE_GAVE));
        assertThat(all).isInstanceOf(Posted.class);
        assertThat(ledger.balance(ISSUANCE, BLOCK)).isZero();
    }

    @Test
    void aClearingAccountStandsOnEitherSide() {
        ledger.post(books.transfer(clearing(), BOB, 10));
        var below = ledger.balance(clearing(), BLOCK);

        ledger.post(books.transfer(ALICE, clearing(), 25));

        assertThat(below).isEqualTo(-10);
        assertThat(ledger.balance(clearing(), BLOCK)).isEqualTo(15);
    }

    @Test
    void accountsAreNumberedByTheEntryThatOpensThem() {
        var issuance = ledger.account(ISSUANCE).orElseThrow();
        var bob = ledger.account(BOB).orElseThrow();
        var reserve = ledger.account(BOB.reserved()).orElseThrow();

        assertThat(issuance.number()).isZero();
        assertThat(bob.number()).isEqualTo(3);
        assertThat(reserve.number()).isEqualTo(-4);
        assertThat(ledger.account(RETIRED.reserved())).isEmpty();
    }

    @Test
    void assetsAreNumberedInTheOrderOfTheirFirstTransfer() {
        ledger.post(books.transfer(ISSUANCE, ALICE, EUR, 5));
        ledger.post(books.transfer(ALICE, BOB, EUR, 5));

        assertThat(ledger.asset(BLOCK)).contains(new KnownAsset(BLOCK, 1, false));
        assertThat(ledger.asset(EUR)).contains(new KnownAsset(EUR, 2, false));
        assertThat(ledger.asset(Asset.credits(id(9)))).isEmpty();
    }

    private AccountId clearing() {
        var id = AccountId.system("clearing");
        ledger.open(new Account(id, Kind.CLEARING));
        return id;
    }

    private void set(AccountId account, Standing standing) {
        assertThat(ledger.set(new SetStanding(id(9), account, standing)))
                .isInstanceOf(Changed.class);
    }

    private Posting pay(AccountId debit, AccountId credit) {
        return ledger.post(books.transfer(debit, credit, 1));
    }

    private Posting capture(AccountId to) {
        return ledger.settle(
                List.of(new Step.Capture(books.transfer(ALICE, to, 1).id(), id(1), to, 300)));
    }

    private static void thenRejected(Posting posting, Reason reason) {
        assertThat(posting).isEqualTo(new Rejected(0, reason));
    }
}
