package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.ledger.Books.ALICE;
import static org.wattmark.ledger.Books.BLOCK;
import static org.wattmark.ledger.Books.BOB;
import static org.wattmark.ledger.Books.id;

import org.junit.jupiter.api.Test;

class OpenAccountsTest {

    private static final Account ALICES = new Account(ALICE, Account.Kind.HOLDER);
    private static final Account BOBS = new Account(BOB, Account.Kind.HOLDER);

    @Test
    void theSameWishIsTheSameCommandAndAnotherIsAnother() {
        var command = OpenAccounts.of(ALICES, BOBS);

        assertThat(OpenAccounts.of(ALICES, BOBS)).isEqualTo(command);
        assertThat(command.accounts()).containsExactly(ALICES, BOBS);
        assertThat(Transfer.isDerived(command.id())).isTrue();
        for (var other :
                new OpenAccounts[] {
                    OpenAccounts.of(ALICES),
                    OpenAccounts.of(BOBS, ALICES),
                    OpenAccounts.of(ALICES, new Account(BOB, Account.Kind.SOURCE))
                }) {
            assertThat(other.id()).isNotEqualTo(command.id());
            assertThat(other.content()).isNotEqualTo(command.content());
        }
    }

    @Test
    void anIdThatWasUsedForOthersOpensNothing() {
        assertThat(OpenAccounts.of(ALICES).idStandsForAnother())
                .isEqualTo(new OpenAccounts.Opened(false));
    }

    @Test
    void freezingSaysWhatAndWhether() {
        var freeze = new SetFreeze(id(1), BLOCK, true);

        assertThat(freeze.content()).isNotEqualTo(new SetFreeze(id(1), BLOCK, false).content());
        assertThat(freeze.isItsOwnRecord()).isFalse();
    }
}
