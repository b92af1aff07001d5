package org.wattmark.server.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.VoidPending;
import org.wattmark.server.postgres.TestPostgres;

class PostingRightsTest {

    private static final AccountId OWN = AccountId.holder(new UUID(7, 1));
    private static final AccountId OTHER = AccountId.holder(new UUID(7, 2));
    private static final AccountId FREE = new AccountId("load:a");
    private static final AccountId ALSO_FREE = new AccountId("load:b");
    private static final Asset CREDITS = Asset.credits(new UUID(7, 3));
    private static final Asset EUROS = new Asset("money:EUR");
    private static final Asset LOAD = new Asset("load:x");

    private final JdbcClient jdbc = JdbcClient.create(TestPostgres.freshDatabase().dataSource());

    @Test
    void aHolderGivesItsOwnToOtherHolders() {
        assertThat(asHolder(plain(OWN, OTHER, CREDITS))).isEqualTo("may");
        assertThat(asHolder(plain(OWN, OTHER, EUROS))).isEqualTo("may");
        assertThat(asHolder(plain(OTHER, OWN, CREDITS))).isEqualTo("not_your_account");
        assertThat(asHolder(plain(OTHER, OWN, EUROS))).isEqualTo("not_your_account");
        assertThat(asHolder(plain(FREE, ALSO_FREE, LOAD))).isEqualTo("asset_for_operators");
        assertThat(asHolder(plain(OWN, OTHER, LOAD))).isEqualTo("asset_for_operators");
    }

    @Test
    void anOperatorMovesFeesAndFreeAccountsAndNothingOfAHolder() {
        assertThat(asOperator(plain(OTHER, OWN, CREDITS))).isEqualTo("not_your_account");
        assertThat(asOperator(plain(OTHER, OWN, EUROS))).isEqualTo("not_your_account");
        assertThat(asOperator(plain(OWN, OTHER, CREDITS))).isEqualTo("may");
        assertThat(asOperator(plain(AccountId.system("fees"), OWN, EUROS))).isEqualTo("may");
        assertThat(asOperator(plain(FREE, ALSO_FREE, LOAD))).isEqualTo("may");
        assertThat(asOperator(plain(FREE, OWN, LOAD))).isEqualTo("asset_for_operators");
    }

    @Test
    void nobodyIssuesOrRetiresOrBringsMoneyInHere() {
        for (var role : List.of("issuance", "retired", "buffer", "bank-eur")) {
            for (var account : List.of(AccountId.system(role), AccountId.testSystem(role))) {
                assertThat(asHolder(plain(OWN, account, CREDITS)))
                        .isEqualTo("credits_move_between_holders");
                assertThat(asOperator(plain(account, OWN, CREDITS)))
                        .isEqualTo("credits_move_between_holders");
                assertThat(asOperator(plain(account, OWN, EUROS)))
                        .isEqualTo("money_moves_between_holders");
                assertThat(asOperator(plain(FREE, account, LOAD))).isEqualTo("asset_for_operators");
            }
        }
        assertThat(asHolder(plain(OWN, AccountId.system("fees"), EUROS)))
                .isEqualTo("money_moves_between_holders");
        assertThat(asOperator(plain(FREE, OWN, CREDITS))).isEqualTo("credits_move_between_holders");
    }

    @Test
    void aLinkedGroupMayWhatEachOfItsLegsMay() {
        var id = UUID.randomUUID();

        assertThat(asHolder(new PostLinked(id, List.of(plain(OWN, OTHER, EUROS)))))
                .isEqualTo("may");
        assertThat(
                        asHolder(
                                new PostLinked(
                                        id,
                                        List.of(
                                                plain(OWN, OTHER, EUROS),
                                                plain(OTHER, OWN, EUROS)))))
                .isEqualTo("not_your_account");
    }

    @Test
    void whatNobodyReservedIsNobodysToPost() {
        var id = UUID.randomUUID();

        assertThat(asHolder(PostPending.whole(id, id))).isEqualTo("hold_unknown");
        assertThat(asOperator(new VoidPending(id, id))).isEqualTo("hold_unknown");
    }

    private static PostTransfer plain(AccountId debit, AccountId credit, Asset asset) {
        return PostTransfer.plain(new Transfer(UUID.randomUUID(), debit, credit, asset, 1));
    }

    private String asHolder(Command<Posting> command) {
        return judged(command, false);
    }

    private String asOperator(Command<Posting> command) {
        return judged(command, true);
    }

    private String judged(Command<Posting> command, boolean operator) {
        var items = List.<TransferItem>of(new TransferItem.Wish(command));
        var fault = PostingRights.of(OWN, operator, items, jdbc).whyNot(command, 0);
        return fault == null ? "may" : fault.code();
    }
}
