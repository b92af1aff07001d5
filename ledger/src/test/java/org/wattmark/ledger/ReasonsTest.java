package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOBODY;
import static org.wattmark.ledger.Books.RETIRED;
import static org.wattmark.ledger.Books.id;
import static org.wattmark.ledger.Posting.Reason.ASSET_FROZEN;
import static org.wattmark.ledger.Posting.Reason.BALANCE_WOULD_OVERFLOW;
import static org.wattmark.ledger.Posting.Reason.CREDIT_ACCOUNT_CLOSED;
import static org.wattmark.ledger.Posting.Reason.CREDIT_ACCOUNT_FROZEN;
import static org.wattmark.ledger.Posting.Reason.CREDIT_ACCOUNT_UNKNOWN;
import static org.wattmark.ledger.Posting.Reason.DEBIT_ACCOUNT_CLOSED;
import static org.wattmark.ledger.Posting.Reason.DEBIT_ACCOUNT_FROZEN;
import static org.wattmark.ledger.Posting.Reason.DEBIT_ACCOUNT_IS_A_SINK;
import static org.wattmark.ledger.Posting.Reason.DEBIT_ACCOUNT_UNKNOWN;
import static org.wattmark.ledger.Posting.Reason.EXCEEDS_BALANCE;
import static org.wattmark.ledger.Posting.Reason.EXCEEDS_HOLD;
import static org.wattmark.ledger.Posting.Reason.EXCEEDS_WHAT_SOURCE_GAVE;
import static org.wattmark.ledger.Posting.Reason.HOLD_EXPIRED;
import static org.wattmark.ledger.Posting.Reason.HOLD_ID_IN_USE;
import static org.wattmark.ledger.Posting.Reason.HOLD_NAMES_ANOTHER_PAYEE;
import static org.wattmark.ledger.Posting.Reason.HOLD_UNKNOWN;
import static org.wattmark.ledger.Posting.Reason.ID_IS_DERIVED;
import static org.wattmark.ledger.Posting.Reason.ID_STANDS_FOR_ANOTHER;
import static org.wattmark.ledger.Posting.Reason.NOTHING_TO_BALANCE;
import static org.wattmark.ledger.Posting.Reason.ONLY_A_HOLDER_RESERVES;
import static org.wattmark.ledger.Posting.Reason.TEST_AND_LIVE_DO_NOT_MIX;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wattmark.ledger.Account.Standing;
import org.wattmark.ledger.Ledger.Step;
import org.wattmark.ledger.PostTransfer.Balancing;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.testing.SettableClock;

/// Each reason stands in its place: a request that two neighbours speak against is rejected for the
/// first, and for the second when the first is gone.
///
/// Alice has 1,000 g, of which 600 wait for Bob under [#PENDING] for ten seconds.
class ReasonsTest {

    private static final UUID PENDING = id(1);
    private static final AccountId OTHER_SOURCE = AccountId.system("other-issuance");
    private static final Asset TEST_BLOCK = Asset.testCredits(id(0xC));

    /// Neighbours that never meet: what is not there has not expired, and a hold is used or made.
    private static final List<Pair> NEVER_MEET =
            List.of(new Pair(HOLD_UNKNOWN, HOLD_EXPIRED), new Pair(EXCEEDS_HOLD, HOLD_ID_IN_USE));

    record Pair(Reason first, Reason second) {}

    record Case(
            Reason first,
            Reason second,
            Function<Books, Posting> both,
            Function<Books, Posting> secondAlone) {

        @Override
        public String toString() {
            return first + " before " + second;
        }
    }

    @ParameterizedTest
    @MethodSource
    void theFirstThatHoldsIsReported(Case neighbours) {
        var first = neighbours.both().apply(books());
        var second = neighbours.secondAlone().apply(books());

        assertThat(first).isEqualTo(new Rejected(0, neighbours.first()));
        assertThat(second).isEqualTo(new Rejected(0, neighbours.second()));
    }

    static Stream<Case> theFirstThatHoldsIsReported() {
        return Stream.concat(casesOfHolds(), casesOfAccountsAndAmounts());
    }

    private static Stream<Case> casesOfHolds() {
        return Stream.of(
                new Case(
                        ID_IS_DERIVED,
                        HOLD_UNKNOWN,
                        it ->
                                it.ledger.post(
                                        PostPending.whole(Transfer.derivedId(id(2), 0), id(3))),
                        it -> it.ledger.post(PostPending.whole(id(2), id(3)))),
                new Case(
                        HOLD_EXPIRED,
                        HOLD_NAMES_ANOTHER_PAYEE,
                        it -> capture(later(it), RETIRED, 600),
                        it -> capture(it, RETIRED, 600)),
                new Case(
                        HOLD_NAMES_ANOTHER_PAYEE,
                        EXCEEDS_HOLD,
                        it -> capture(it, RETIRED, 601),
                        it -> capture(it, BOB, 601)),
                new Case(
                        HOLD_ID_IN_USE,
                        DEBIT_ACCOUNT_UNKNOWN,
                        it -> it.ledger.reserve(PENDING, NOBODY, BLOCK, 1),
                        it -> it.ledger.reserve(id(2), NOBODY, BLOCK, 1)),
                new Case(
                        DEBIT_ACCOUNT_UNKNOWN,
                        CREDIT_ACCOUNT_UNKNOWN,
                        it -> pay(it, NOBODY, new AccountId("x"), BLOCK),
                        it -> pay(it, ALICE, NOBODY, BLOCK)),
                new Case(
                        CREDIT_ACCOUNT_UNKNOWN,
                        TEST_AND_LIVE_DO_NOT_MIX,
                        it -> pay(it, ALICE, NOBODY, TEST_BLOCK),
                        it -> pay(it, ALICE, BOB, TEST_BLOCK)),
                new Case(
                        TEST_AND_LIVE_DO_NOT_MIX,
                        ONLY_A_HOLDER_RESERVES,
                        it -> it.ledger.reserve(id(2), ISSUANCE, TEST_BLOCK, 1),
                        it -> it.ledger.reserve(id(2), ISSUANCE, BLOCK, 1)),
                new Case(
                        ONLY_A_HOLDER_RESERVES,
                        DEBIT_ACCOUNT_CLOSED,
                        it -> set(it, RETIRED, Standing.CLOSED).reserve(id(2), RETIRED, BLOCK, 1),
                        it -> pay(it, closed(it, RETIRED), BOB, BLOCK)));
    }

    private static Stream<Case> casesOfAccountsAndAmounts() {
        return Stream.of(
                new Case(
                        DEBIT_ACCOUNT_CLOSED,
                        CREDIT_ACCOUNT_CLOSED,
                        it -> pay(it, closed(it, RETIRED), closed(it, BOB), BLOCK),
                        it -> pay(it, RETIRED, closed(it, BOB), BLOCK)),
                new Case(
                        CREDIT_ACCOUNT_CLOSED,
                        DEBIT_ACCOUNT_FROZEN,
                        it -> pay(it, frozen(it, ALICE), closed(it, BOB), BLOCK),
                        it -> pay(it, frozen(it, ALICE), BOB, BLOCK)),
                new Case(
                        DEBIT_ACCOUNT_FROZEN,
                        CREDIT_ACCOUNT_FROZEN,
                        it -> pay(it, frozen(it, ALICE), frozen(it, BOB), BLOCK),
                        it -> pay(it, ALICE, frozen(it, BOB), BLOCK)),
                new Case(
                        CREDIT_ACCOUNT_FROZEN,
                        ASSET_FROZEN,
                        it -> pay(it, ALICE, frozen(it, BOB), frozenBlock(it)),
                        it -> pay(it, ALICE, BOB, frozenBlock(it))),
                new Case(
                        ASSET_FROZEN,
                        DEBIT_ACCOUNT_IS_A_SINK,
                        it -> pay(it, RETIRED, BOB, frozenBlock(it)),
                        it -> pay(it, RETIRED, BOB, BLOCK)),
                new Case(
                        DEBIT_ACCOUNT_IS_A_SINK,
                        NOTHING_TO_BALANCE,
                        it -> balance(it, RETIRED, BOB, Balancing.DEBIT),
                        it -> balance(it, BOB, ALICE, Balancing.DEBIT)),
                new Case(
                        NOTHING_TO_BALANCE,
                        EXCEEDS_BALANCE,
                        it -> balance(it, BOB, ALICE, Balancing.CREDIT),
                        it -> pay(it, BOB, ALICE, BLOCK)),
                new Case(
                        EXCEEDS_BALANCE,
                        EXCEEDS_WHAT_SOURCE_GAVE,
                        it -> pay(it, BOB, OTHER_SOURCE, BLOCK),
                        it -> pay(it, ALICE, OTHER_SOURCE, BLOCK)),
                new Case(
                        EXCEEDS_WHAT_SOURCE_GAVE,
                        BALANCE_WOULD_OVERFLOW,
                        it -> pay(it, exhausted(it, ISSUANCE), OTHER_SOURCE, BLOCK),
                        it -> pay(it, exhausted(it, ISSUANCE), BOB, BLOCK)));
    }

    @Test
    void everyPairOfNeighboursIsProved() {
        var proved =
                theFirstThatHoldsIsReported().map(it -> new Pair(it.first(), it.second())).toList();

        var reasons = Reason.values();

        for (int i = 1; i + 1 < reasons.length; i++) {
            var neighbours = new Pair(reasons[i], reasons[i + 1]);
            assertThat(proved.contains(neighbours) != NEVER_MEET.contains(neighbours))
                    .as("%s is proved", neighbours)
                    .isTrue();
        }
    }

    @Test
    void whatTheIdStandsForComesBeforeAll() {
        var books = Books.empty();
        var derived = Transfer.derivedId(id(2), 0);
        try (var sequencer =
                Sequencer.on(new MemoryJournal(), books.staging, new SettableClock(Books.NOON))
                        .handle(VoidPending.class, wish -> books.ledger.post(wish))
                        .start()) {

            var first = sequencer.apply(new VoidPending(derived, id(3)));
            var other = sequencer.apply(new VoidPending(derived, id(4)));

            assertThat(first).isEqualTo(new Rejected(0, ID_IS_DERIVED));
            assertThat(other).isEqualTo(new Rejected(0, ID_STANDS_FOR_ANOTHER));
        }
    }

    private static Books books() {
        var books = Books.open();
        books.staging.begin(1, Books.NOON);
        books.ledger.open(new Account(OTHER_SOURCE, Account.Kind.SOURCE));
        books.issue(ALICE, 1_000);
        var waits = new Transfer(PENDING, ALICE, BOB, BLOCK, 600);
        assertThat(books.ledger.post(PostTransfer.pending(waits, 10)))
                .isInstanceOf(Posting.Posted.class);
        return books;
    }

    private static Books later(Books books) {
        books.staging.begin(1, Books.NOON.plusSeconds(10));
        return books;
    }

    private static Posting pay(Books books, AccountId debit, AccountId credit, Asset asset) {
        return books.ledger.post(books.transfer(debit, credit, asset, 1));
    }

    private static Posting balance(
            Books books, AccountId debit, AccountId credit, Balancing balancing) {
        return books.ledger.post(
                PostTransfer.balancing(books.transfer(debit, credit, 1), balancing));
    }

    private static Posting capture(Books books, AccountId to, long amount) {
        return books.ledger.settle(List.of(new Step.Capture(id(2), PENDING, to, amount)));
    }

    private static Ledger set(Books books, AccountId account, Standing standing) {
        assertThat(books.ledger.set(new SetStanding(id(5), account, standing)))
                .isInstanceOf(StandingChange.Changed.class);
        return books.ledger;
    }

    private static AccountId closed(Books books, AccountId account) {
        set(books, account, Standing.CLOSED);
        return account;
    }

    private static AccountId frozen(Books books, AccountId account) {
        set(books, account, Standing.FROZEN);
        return account;
    }

    private static Asset frozenBlock(Books books) {
        assertThat(books.ledger.set(new SetFreeze(id(6), BLOCK, true)))
                .isInstanceOf(StandingChange.Changed.class);
        return BLOCK;
    }

    private static AccountId exhausted(Books books, AccountId source) {
        long left = Transfer.MAX_AMOUNT + books.ledger.balance(source, BLOCK);
        assertThat(books.ledger.post(books.transfer(source, RETIRED, left)))
                .isInstanceOf(Posting.Posted.class);
        return source;
    }
}
