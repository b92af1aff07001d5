package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.id;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Sha256;

class FactTest {

    private static final TransferPosted CAPTURED =
            new TransferPosted(
                    new Transfer(id(7), ALICE.reserved(), BOB, EUR, 567),
                    TransferPosted.Role.CAPTURES,
                    id(8));

    private static final TransferPosted RESERVED =
            new TransferPosted(
                    new Transfer(id(7), ALICE, ALICE.reserved(), BLOCK, 250, id(9), 12),
                    TransferPosted.Role.RESERVES,
                    id(7),
                    new HoldTerms(BOB, Books.NOON.plusSeconds(3_600)));

    private static final TransferPosted BALANCED =
            new TransferPosted(
                    new Transfer(id(7), ALICE, BOB, BLOCK, 250),
                    TransferPosted.Role.BALANCES,
                    id(7));

    private static final AccountStandingSet FROZEN =
            new AccountStandingSet(ALICE, Account.Standing.FROZEN);

    private static final AssetFreezeSet FROZEN_ASSET = new AssetFreezeSet(BLOCK, true);

    private static final AccountOpened OPENED =
            new AccountOpened(new Account(ALICE, Account.Kind.SOURCE));

    private static final BatchSealed SEALED =
            BatchSealed.over(
                    id(9),
                    List.of(
                            new Decided(
                                    id(1), Bytes.ofHex("0a"), "outcome", Bytes.ofHex("0b"), 0)));

    @Test
    void everyFactIsReadBackFromItsContent() throws Exception {
        var opened = AccountOpened.of(OPENED.content());
        var captured = TransferPosted.of(CAPTURED.content());
        var reserved = TransferPosted.of(RESERVED.content());
        var balanced = TransferPosted.of(BALANCED.content());
        var frozen = AccountStandingSet.of(FROZEN.content());
        var frozenAsset = AssetFreezeSet.of(FROZEN_ASSET.content());
        var sealed = BatchSealed.of(SEALED.content());

        assertThat(opened).isEqualTo(OPENED);
        assertThat(captured).isEqualTo(CAPTURED);
        assertThat(reserved).isEqualTo(RESERVED);
        assertThat(balanced).isEqualTo(BALANCED);
        assertThat(frozen).isEqualTo(FROZEN);
        assertThat(frozenAsset).isEqualTo(FROZEN_ASSET);
        assertThat(sealed).isEqualTo(SEALED);
    }

    @Test
    void whatIsNoAccountKindRoleAssetOrAmountIsMalformed() {
        var account = Canonical.of(AccountOpened.DOMAIN).text("UPPER CASE").text("HOLDER");
        var kind = Canonical.of(AccountOpened.DOMAIN).text("a").text("OWNER");
        var role = transferWith(5, "a", "b", BLOCK.code(), 1);
        var asset = transferWith(0, "a", "b", "no asset", 1);
        var amount = transferWith(0, "a", "b", BLOCK.code(), 0);
        var self = transferWith(0, "a", "a", BLOCK.code(), 1);

        for (var malformed : List.of(account, kind)) {
            assertThatThrownBy(() -> AccountOpened.of(malformed.toByteArray()))
                    .isInstanceOf(Canonical.Malformed.class);
        }
        for (var malformed : List.of(role, asset, amount, self)) {
            assertThatThrownBy(() -> TransferPosted.of(malformed.toByteArray()))
                    .isInstanceOf(Canonical.Malformed.class);
        }
    }

    @Test
    void contentThatGoesOnIsMalformed() {
        var unchanged = new NothingChanged(id(7));

        thenMalformed(() -> AccountOpened.of(longer(OPENED)));
        thenMalformed(() -> TransferPosted.of(longer(CAPTURED)));
        thenMalformed(() -> AccountStandingSet.of(longer(FROZEN)));
        thenMalformed(() -> AssetFreezeSet.of(longer(FROZEN_ASSET)));
        thenMalformed(() -> BatchSealed.of(longer(SEALED)));
        thenMalformed(() -> NothingChanged.of(longer(unchanged)));
    }

    private static void thenMalformed(ThrowableAssert.ThrowingCallable reading) {
        assertThatThrownBy(reading).isInstanceOf(Canonical.Malformed.class);
    }

    /// By an empty field.
    private static byte[] longer(Fact fact) {
        var content = fact.content();
        return Arrays.copyOf(content, content.length + 4);
    }

    @Test
    void aRoleIsReadBackFromItsNumber() throws Exception {
        for (var role : TransferPosted.Role.values()) {
            assertThat(TransferPosted.Role.of(role.number())).isEqualTo(role);
        }
        assertThat(TransferPosted.Role.BALANCES.number()).isEqualTo(4);
    }

    @Test
    void whatIsNoSecretIsPublishedAsItIs() {
        assertThat(OPENED.isSalted()).isFalse();
        assertThat(OPENED.published(new byte[0])).isEqualTo(OPENED.content());
    }

    @Test
    void aSealPublishesACommitmentToItsAnswers() {
        var salt = new byte[Commitment.SALT_BYTES];
        var other = salt.clone();
        other[0] = 1;

        assertThat(SEALED.isSalted()).isTrue();
        assertThat(SEALED.published(salt))
                .isEqualTo(
                        Canonical.of(BatchSealed.PUBLISHED_DOMAIN)
                                .id(SEALED.batch())
                                .number(1)
                                .bytes(Commitment.to(SEALED.answers().toByteArray(), salt))
                                .toByteArray())
                .isNotEqualTo(SEALED.published(other));
    }

    @Test
    void aCommitmentIsTheHashOfSaltAndValue() {
        var salt = new byte[Commitment.SALT_BYTES];

        assertThat(Commitment.to(258, salt))
                .isEqualTo(Sha256.of(salt, new byte[] {0, 0, 0, 0, 0, 0, 1, 2}));
        assertThat(Commitment.to("ab", salt)).isEqualTo(Sha256.of(salt, new byte[] {97, 98}));
        assertThatThrownBy(() -> Commitment.to(1, new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anAnswerThatItsEntryTellsIsNotSealed() {
        var kept = new Decided(id(1), Bytes.ofHex("0a"), "outcome", Bytes.ofHex("0b"), 0);
        var inItsEntry = new Decided(id(2), Bytes.ofHex("0a"), "outcome", Bytes.EMPTY, 1);

        assertThat(BatchSealed.over(id(9), List.of(kept, inItsEntry))).isEqualTo(SEALED);
    }

    @Test
    void aTransferWithoutHoldNamesNoneAndOnlyWhatReservesHasTerms() {
        var transfer = new Transfer(id(7), ALICE, BOB, BLOCK, 250);
        var terms = new HoldTerms(BOB, null);

        assertThatThrownBy(() -> new TransferPosted(transfer, TransferPosted.Role.PLAIN, id(8)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new TransferPosted(transfer, TransferPosted.Role.RELEASES, id(8), terms))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatThePublicSeesOfMoneyIsNoContent() {
        var published = CAPTURED.published(new byte[Commitment.SALT_BYTES]);

        assertThatThrownBy(() -> TransferPosted.of(published))
                .isInstanceOf(Canonical.Malformed.class)
                .hasMessageContaining(TransferPosted.COMMITTED_DOMAIN);
    }

    @Seeded
    void brokenContentIsMalformedOrSaysSomethingElse(RandomGenerator random) {
        var facts = List.of(OPENED, CAPTURED, RESERVED, BALANCED, FROZEN, FROZEN_ASSET, SEALED);
        var fact = facts.get(random.nextInt(facts.size()));
        var broken = broken(fact.content(), random);

        try {
            var read =
                    switch (fact) {
                        case AccountOpened _ -> AccountOpened.of(broken);
                        case TransferPosted _ -> TransferPosted.of(broken);
                        case AccountStandingSet _ -> AccountStandingSet.of(broken);
                        case AssetFreezeSet _ -> AssetFreezeSet.of(broken);
                        default -> BatchSealed.of(broken);
                    };

            assertThat(read.content()).isEqualTo(broken).isNotEqualTo(fact.content());
        } catch (Canonical.Malformed expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    @Test
    void aChangedAnswerChangesTheSeal() {
        var answer = new Decided(id(1), Bytes.ofHex("0a"), "outcome", Bytes.ofHex("0b"), 0);
        var other = new Decided(id(1), Bytes.ofHex("0a"), "outcome", Bytes.ofHex("0c"), 0);

        assertThat(BatchSealed.digest(List.of(answer))).isEqualTo(SEALED.answers());
        assertThat(BatchSealed.digest(List.of(other))).isNotEqualTo(SEALED.answers());
        assertThat(BatchSealed.digest(List.of(answer, answer))).isNotEqualTo(SEALED.answers());
    }

    private static Canonical transferWith(
            long role, String debit, String credit, String asset, long amount) {
        return Canonical.of(TransferPosted.DOMAIN)
                .id(id(7))
                .number(role)
                .text(debit)
                .text(credit)
                .text(asset)
                .id(Transfer.NO_REFERENCE)
                .number(0)
                .number(amount);
    }

    private static byte[] broken(byte[] content, RandomGenerator random) {
        var broken = content.clone();
        broken[random.nextInt(broken.length)] ^= (byte) (1 << random.nextInt(8));
        return random.nextBoolean()
                ? broken
                : Arrays.copyOf(broken, random.nextInt(2 * content.length));
    }
}
