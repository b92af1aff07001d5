package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.id;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.PostTransfer.Balancing;
import org.wattmark.ledger.Posting.Posted;
import org.wattmark.ledger.Posting.Reason;
import org.wattmark.ledger.Posting.Rejected;
import org.wattmark.ledger.TransferPosted.Role;
import org.wattmark.units.Bytes;

/// Alice has 1,000 g; what the clearing account owes is 40 g.
class PostTransferTest {

    private static final AccountId CLEARING = AccountId.system("clearing");
    private static final UUID ORDER = new UUID(7, 7);

    private final Books books = Books.open();
    private final Ledger ledger = books.ledger;

    @BeforeEach
    void owe40() {
        ledger.open(new Account(CLEARING, Account.Kind.CLEARING));
        books.issue(ALICE, 1_000);
        ledger.post(books.transfer(CLEARING, BOB, 40));
    }

    @Test
    void theTransferHasTheIdOfItsCommandAndSaysWhatItIsFor() {
        var wish = PostTransfer.plain(new Transfer(id(1), ALICE, BOB, BLOCK, 10, ORDER, 12));

        var posting = ledger.post(wish);

        var entry = books.staging.entries().getLast();
        assertThat(posting).isEqualTo(new Posted(List.of(entry.receipt())));
        assertThat(entry.fact()).isEqualTo(TransferPosted.plain(wish.transfer()));
    }

    @Test
    void aPlainTransferIsItsOwnRecord() throws Exception {
        var wish = PostTransfer.plain(new Transfer(id(1), ALICE, BOB, BLOCK, 10, ORDER, 12));
        ledger.post(wish);
        var content = books.staging.entries().getLast().fact().content();

        var recorded = PostTransfer.of(TransferPosted.of(content));

        assertThat(wish.isItsOwnRecord()).isTrue();
        assertThat(recorded).isEqualTo(wish);
        assertThat(recorded.id()).isEqualTo(wish.id());
        assertThat(recorded.content()).isEqualTo(wish.content());
    }

    @Test
    void whatSaysLessThanItsCommandIsNotItsRecord() {
        var transfer = new Transfer(id(1), ALICE, BOB, BLOCK, 10);
        var linked = TransferPosted.plain(Transfer.numbered(id(1), 0, ALICE, BOB, BLOCK, 10));
        var balancing = new TransferPosted(transfer, Role.BALANCES, id(1));

        assertThat(PostTransfer.pending(transfer, 0).isItsOwnRecord()).isFalse();
        assertThat(PostTransfer.balancing(transfer, Balancing.DEBIT).isItsOwnRecord()).isFalse();
        for (var fact : List.of(linked, balancing)) {
            assertThat(PostTransfer.isRecordedBy(fact)).isFalse();
            assertThatThrownBy(() -> PostTransfer.of(fact))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void anIdThatFollowsFromACommandsIsNobodysChoice() {
        var derived = Transfer.derivedId(id(1), 0);
        var transfer = new Transfer(derived, ALICE, BOB, BLOCK, 10);
        var leg = PostTransfer.plain(transfer);

        assertThat(ledger.post(leg)).isEqualTo(new Rejected(0, Reason.ID_IS_DERIVED));
        assertThat(ledger.post(new PostLinked(derived, List.of(leg))))
                .isEqualTo(new Rejected(0, Reason.ID_IS_DERIVED));
        assertThat(ledger.post(new PostLinked(id(1), List.of(leg)))).isInstanceOf(Posted.class);
    }

    @Test
    void noMoreMovesThanTheDebitedHas() {
        var posting = balance(ALICE, BOB, 5_000, Balancing.DEBIT);

        assertThat(((Posted) posting).amounts()).containsExactly(1_000L);
        assertThat(((TransferPosted) books.staging.entries().getLast().fact()).role())
                .isEqualTo(Role.BALANCES);
        assertThat(ledger.balance(ALICE, BLOCK)).isZero();
    }

    @Test
    void noMoreMovesThanTheCreditedOwes() {
        var posting = balance(ALICE, CLEARING, 5_000, Balancing.CREDIT);

        assertThat(((Posted) posting).amounts()).containsExactly(40L);
        assertThat(ledger.balance(CLEARING, BLOCK)).isZero();
    }

    @Test
    void ofBothTheSmallerBounds() {
        var some = balance(BOB, CLEARING, 15, Balancing.BOTH);
        var rest = balance(BOB, CLEARING, 5_000, Balancing.BOTH);
        var none = balance(BOB, CLEARING, 5_000, Balancing.BOTH);

        assertThat(((Posted) some).amounts()).containsExactly(15L);
        assertThat(((Posted) rest).amounts()).containsExactly(25L);
        assertThat(none).isEqualTo(new Rejected(0, Reason.NOTHING_TO_BALANCE));
    }

    @Test
    void aLinkedGroupIsPostedWholeAndEachLegSeesThoseBefore() {
        var group =
                new PostLinked(
                        id(1),
                        List.of(
                                leg(ISSUANCE, ALICE, EUR, 500),
                                PostTransfer.pending(new Transfer(id(0), ALICE, BOB, EUR, 300), 60),
                                new PostPending(id(0), Transfer.derivedId(id(1), 1), 100),
                                PostTransfer.balancing(
                                        new Transfer(id(0), ALICE, BOB, EUR, 5_000),
                                        Balancing.DEBIT)));

        var posting = ledger.post(group);

        assertThat(((Posted) posting).amounts()).containsExactly(500L, 300L, 100L, 200L, 400L);
        assertThat(ledger.balance(BOB, EUR)).isEqualTo(500);
        assertThat(ledger.balance(ALICE, EUR)).isZero();
    }

    @Test
    void aLinkedGroupOfWhichOneFailsLeavesNothing() {
        var before = books.snapshot();
        var group =
                new PostLinked(
                        id(1),
                        List.of(
                                leg(ALICE, BOB, BLOCK, 1),
                                PostTransfer.pending(new Transfer(id(0), ALICE, BOB, BLOCK, 9), 60),
                                leg(ALICE, BOB, BLOCK, 1_000)));

        var posting = ledger.post(group);

        assertThat(posting).isEqualTo(new Rejected(2, Reason.EXCEEDS_BALANCE));
        assertThat(books.snapshot()).isEqualTo(before);
    }

    @Test
    void aLinkedGroupHasItsLimits() {
        var leg = leg(ALICE, BOB, BLOCK, 1);
        var most = Collections.<Leg>nCopies(PostLinked.MAX_LEGS, leg);

        var posting = ledger.post(new PostLinked(id(1), most));

        assertThat(((Posted) posting).receipts()).hasSize(PostLinked.MAX_LEGS);
        assertThatThrownBy(() -> new PostLinked(id(2), List.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () -> {
                            var tooMany = new ArrayList<>(most);
                            tooMany.add(leg);
                            new PostLinked(id(2), tooMany);
                        })
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aTransferHasItsLimits() {
        var most = new Transfer(id(1), ALICE, BOB, BLOCK, Transfer.MAX_AMOUNT, ORDER, 32_767);

        assertThat(ledger.post(most)).isEqualTo(new Rejected(0, Reason.EXCEEDS_BALANCE));
        for (int code : new int[] {-1, 32_768}) {
            assertThatThrownBy(() -> new Transfer(id(1), ALICE, BOB, BLOCK, 1, ORDER, code))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    /// Whatever differs in a wish differs in its content; the id is what it is kept under.
    @Test
    void differentWishesHaveDifferentContents() {
        var transfer = new Transfer(id(1), ALICE, BOB, BLOCK, 10, ORDER, 12);
        var legs =
                List.<Leg>of(
                        PostTransfer.plain(transfer),
                        PostTransfer.plain(transfer.withAmount(11)),
                        PostTransfer.plain(transfer.into(CLEARING)),
                        PostTransfer.plain(new Transfer(id(1), BOB, ALICE, BLOCK, 10, ORDER, 12)),
                        PostTransfer.plain(new Transfer(id(1), ALICE, BOB, EUR, 10, ORDER, 12)),
                        PostTransfer.plain(new Transfer(id(1), ALICE, BOB, BLOCK, 10, ORDER, 13)),
                        PostTransfer.plain(new Transfer(id(1), ALICE, BOB, BLOCK, 10)),
                        PostTransfer.balancing(transfer, Balancing.DEBIT),
                        PostTransfer.balancing(transfer, Balancing.CREDIT),
                        PostTransfer.balancing(transfer, Balancing.BOTH),
                        PostTransfer.pending(transfer, 0),
                        PostTransfer.pending(transfer, 1),
                        PostPending.whole(id(1), id(2)),
                        PostPending.whole(id(1), id(3)),
                        new PostPending(id(1), id(2), 10),
                        new VoidPending(id(1), id(2)),
                        new VoidPending(id(1), id(3)));
        var commands =
                Stream.<Command<?>>concat(
                                Stream.concat(
                                        legs.stream(),
                                        Stream.of(
                                                new PostLinked(id(1), legs),
                                                new PostLinked(id(1), legs.reversed()),
                                                new SetStanding(
                                                        id(1), ALICE, Account.Standing.FROZEN),
                                                new SetStanding(
                                                        id(1), ALICE, Account.Standing.OPEN),
                                                new SetStanding(id(1), BOB, Account.Standing.OPEN),
                                                new SetFreeze(id(1), BLOCK, true),
                                                new SetFreeze(id(1), BLOCK, false),
                                                new SetFreeze(id(1), EUR, false),
                                                new ReleaseExpired(id(1), 1),
                                                new ReleaseExpired(id(1), 2))),
                                legs.stream().map(leg -> new PostLinked(id(1), List.of(leg))))
                        .toList();

        var contents = new HashSet<Bytes>();
        commands.forEach(command -> contents.add(Bytes.of(command.content())));

        assertThat(contents).hasSameSizeAs(commands);
    }

    @Test
    void anIdThatStandsForAnotherIsRefusedInEachCommandsWords() {
        var leg = leg(ALICE, BOB, BLOCK, 1);
        var refused = new Rejected(0, Reason.ID_STANDS_FOR_ANOTHER);

        assertThat(leg.idStandsForAnother()).isEqualTo(refused);
        assertThat(new PostLinked(id(1), List.of(leg)).idStandsForAnother()).isEqualTo(refused);
        assertThat(new ReleaseExpired(id(1), 1).idStandsForAnother())
                .isEqualTo(new Expiry.Refused(Expiry.Reason.ID_STANDS_FOR_ANOTHER));
    }

    private Posting balance(AccountId debit, AccountId credit, long most, Balancing balancing) {
        return ledger.post(PostTransfer.balancing(books.transfer(debit, credit, most), balancing));
    }

    private static PostTransfer leg(AccountId debit, AccountId credit, Asset asset, long amount) {
        return PostTransfer.plain(new Transfer(id(0), debit, credit, asset, amount));
    }
}
