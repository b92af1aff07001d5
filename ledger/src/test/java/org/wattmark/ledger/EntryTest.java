package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.EUR;
import static org.wattmark.ledger.Books.ISSUANCE;
import static org.wattmark.ledger.Books.NOON;
import static org.wattmark.ledger.Books.id;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The bytes of a leaf. The vectors were composed field by field by another program, from the text
/// of [Canonical] alone.
class EntryTest {

    private static final String HEAD = "00000010776174746d61726b2f6c6561662f7631";
    private static final String EPOCH_3_NOON =
            "000000080000000000000003" + "0000000800064bf535af1001";
    private static final String ALICE_HEX =
            "0000002b686f6c6465723a30303030303030302d303030302d30303030"
                    + "2d303030302d303030303030303030303061";
    private static final String PLAIN_7 =
            "0000001000000000000000000000000000000007" + "000000080000000000000000";
    private static final String NO_REFERENCE_NO_CODE =
            "0000001000000000000000000000000000000000" + "000000080000000000000000";
    private static final String ISSUANCE_HEX = "0000000f73797374656d3a69737375616e6365";

    private static final Bytes SALT =
            Bytes.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

    @Test
    void anOpenedAccountHasTheseBytes() {
        var fact = new AccountOpened(new Account(ALICE, Account.Kind.HOLDER));

        var entry = new Entry(0, 3, NOON, fact, Bytes.EMPTY);

        assertThat(hex(entry.leaf()))
                .isEqualTo(
                        HEAD
                                + "000000080000000000000000"
                                + EPOCH_3_NOON
                                + "000000570000001a"
                                + "776174746d61726b2f6163636f756e742d6f70656e65642f7631"
                                + ALICE_HEX
                                + "00000006484f4c444552");
        assertThat(entry.receipt())
                .isEqualTo(
                        new Receipt(
                                0,
                                "9e3b552d23ffdbdba6ed03f7d75f8a3cf905d7e8646f0720590d7054ac0e1119"));
    }

    @Test
    void aTransferOfUnitsShowsHowMuch() {
        var transfer = new Transfer(id(7), ISSUANCE, ALICE, BLOCK, 3_535_488);

        var entry = new Entry(1, 3, NOON, TransferPosted.plain(transfer), Bytes.EMPTY);

        assertThat(hex(entry.leaf()))
                .isEqualTo(
                        HEAD
                                + "000000080000000000000001"
                                + EPOCH_3_NOON
                                + "000000d500000014776174746d61726b2f7472616e736665722f7632"
                                + PLAIN_7
                                + ISSUANCE_HEX
                                + ALICE_HEX
                                + "0000002b6372656469743a30303030303030302d303030302d30303030"
                                + "2d303030302d303030303030303030303063"
                                + NO_REFERENCE_NO_CODE
                                + "00000008000000000035f280");
        assertThat(entry.receipt().leafHash())
                .isEqualTo("f9d0608a6dd5eb2b0c3aeb6ac7924d3770453d9f47d1025dfcac34e415bceb13");
    }

    @Test
    void aTransferOfMoneyShowsACommitmentToHowMuch() {
        var fact = TransferPosted.plain(new Transfer(id(7), ISSUANCE, ALICE, EUR, 567));

        var entry = new Entry(2, 3, NOON, fact, SALT);

        assertThat(hex(entry.leaf()))
                .isEqualTo(
                        HEAD
                                + "000000080000000000000002"
                                + EPOCH_3_NOON
                                + "000000d50000001e"
                                + "776174746d61726b2f636f6d6d69747465642d7472616e736665722f7632"
                                + PLAIN_7
                                + ISSUANCE_HEX
                                + ALICE_HEX
                                + "000000096d6f6e65793a455552"
                                + NO_REFERENCE_NO_CODE
                                + "000000202e2dbe0213ea392180dfaa26f46d0cb8"
                                + "9fcb8b4cdbe4999a689d38046f5be505");
        assertThat(entry.receipt().leafHash())
                .isEqualTo("fb389a36800850056ecde72f92cf272dae4d3f25b2f0ec63126f1f5c3c4ee7c1");
    }

    @Test
    void whatOthersComposedByTheTextHasTheseHashes() {
        var pending =
                new TransferPosted(
                        new Transfer(id(7), ALICE, ALICE.reserved(), BLOCK, 250, id(9), 12),
                        TransferPosted.Role.RESERVES,
                        id(7),
                        new HoldTerms(Books.BOB, NOON.plusSeconds(3_600)));
        var frozen = new AccountStandingSet(ALICE, Account.Standing.FROZEN);
        var frozenAsset = new AssetFreezeSet(BLOCK, true);

        assertThat(hashOf(3, pending))
                .isEqualTo("69d89e7cec00d767d8c6bce3efe404906918fee8af7bd9111c2fbcd0983a6f46");
        assertThat(hashOf(4, frozen))
                .isEqualTo("12fd90f17d311ca0fb7fc32687ae46a86bbcf2f345f029727b1472ce3faa7ca6");
        assertThat(hashOf(5, frozenAsset))
                .isEqualTo("1176d9fc0f38b2ed1d0f4350b78c80f87de43d1ed6d772e95cfa43598aa33e33");
    }

    private static String hashOf(long sequence, Fact fact) {
        return new Entry(sequence, 3, NOON, fact, Bytes.EMPTY).receipt().leafHash();
    }

    @Test
    void anotherSaltHidesTheSameAmountBehindOtherBytes() {
        var fact = TransferPosted.plain(new Transfer(id(7), ISSUANCE, ALICE, EUR, 567));

        var one = new Entry(2, 3, NOON, fact, SALT);
        var other = new Entry(2, 3, NOON, fact, Bytes.of(new byte[Commitment.SALT_BYTES]));

        assertThat(one.leaf()).isNotEqualTo(other.leaf());
        assertThatThrownBy(() -> new Entry(2, 3, NOON, fact, Bytes.EMPTY).leaf())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("salt");
    }

    @Test
    void aLeafEndsAt4096Bytes() {
        int frame = entryOf(0).leaf().length;

        var largest = entryOf(Entry.MAX_LEAF_BYTES - frame);
        var tooLarge = entryOf(Entry.MAX_LEAF_BYTES - frame + 1);

        assertThat(largest.leaf()).hasSize(4_096);
        assertThatThrownBy(tooLarge::leaf)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4097");
    }

    @Test
    void aLeafSaysItsPlaceAndContentAgain() throws Exception {
        var fact = new AccountOpened(new Account(ALICE, Account.Kind.HOLDER));
        var entry = new Entry(41, 3, NOON, fact, Bytes.EMPTY);

        var published = Entry.Published.of(entry.leaf());

        assertThat(published).isEqualTo(new Entry.Published(41, 3, NOON, Bytes.of(fact.content())));
        assertThat(AccountOpened.of(published.content().toByteArray())).isEqualTo(fact);
    }

    @Test
    void aLeafThatGoesOnIsMalformed() {
        var leaf = entryOf(3).leaf();
        var longer = Arrays.copyOf(leaf, leaf.length + 4); // an empty field

        assertThatThrownBy(() -> Entry.Published.of(longer))
                .isInstanceOf(Canonical.Malformed.class);
    }

    @Test
    void entriesAreTheSameWhenAllOfThemIs() {
        var fact = new AccountOpened(new Account(ALICE, Account.Kind.HOLDER));
        var other = new AccountOpened(new Account(ISSUANCE, Account.Kind.SOURCE));
        var entry = new Entry(41, 3, NOON, fact, SALT);

        assertThat(entry)
                .isEqualTo(new Entry(41, 3, NOON, fact, SALT))
                .hasSameHashCodeAs(new Entry(41, 3, NOON, fact, SALT))
                .doesNotHaveSameHashCodeAs(new Entry(42, 3, NOON, fact, SALT))
                .isNotEqualTo(new Entry(42, 3, NOON, fact, SALT))
                .isNotEqualTo(new Entry(41, 4, NOON, fact, SALT))
                .isNotEqualTo(new Entry(41, 3, NOON.plusNanos(1_000), fact, SALT))
                .isNotEqualTo(new Entry(41, 3, NOON, other, SALT))
                .isNotEqualTo(new Entry(41, 3, NOON, fact, Bytes.EMPTY))
                .isNotEqualTo(fact);
    }

    @Test
    void anEntryTellsAllOfItself() {
        var fact = new AccountOpened(new Account(ALICE, Account.Kind.HOLDER));

        var entry = new Entry(41, 3, NOON, fact, SALT);

        assertThat(entry.sequence()).isEqualTo(41);
        assertThat(entry.epoch()).isEqualTo(3);
        assertThat(entry.at()).isEqualTo(NOON);
        assertThat(entry.fact()).isEqualTo(fact);
        assertThat(entry.salt()).isEqualTo(SALT);
        assertThat(hex(entry.leafHash())).isEqualTo(entry.receipt().leafHash());
        assertThat(entry).hasToString("entry 41 of epoch 3 at " + NOON + ": " + fact);
    }

    @Test
    void whoChangesTheHashThatWasToldChangesNothing() {
        var entry = entryOf(3);
        var told = entry.receipt();

        Arrays.fill(entry.leafHash(), (byte) 0);

        assertThat(entry.receipt()).isEqualTo(told);
        assertThat(hex(entry.leafHash())).isEqualTo(told.leafHash());
    }

    @Seeded
    void aBrokenLeafIsMalformedOrSaysSomethingElse(RandomGenerator random) {
        var leaf = entryOf(random.nextInt(20)).leaf();
        var broken = leaf.clone();
        broken[random.nextInt(leaf.length)] ^= (byte) (1 << random.nextInt(8));
        if (random.nextBoolean()) {
            broken = Arrays.copyOf(broken, random.nextInt(leaf.length));
        }

        try {
            var read = Entry.Published.of(broken);

            var content = read.content().toByteArray();
            var again = new Entry(read.sequence(), read.epoch(), read.at(), () -> content, SALT);
            assertThat(again.leaf()).isEqualTo(broken).isNotEqualTo(leaf);
        } catch (Canonical.Malformed expected) {
            assertThat(expected).hasMessageNotContaining("null");
        }
    }

    private static Entry entryOf(int contentBytes) {
        return new Entry(5, 3, NOON, () -> new byte[contentBytes], Bytes.EMPTY);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
