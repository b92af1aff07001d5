package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AccountIdTest {

    @Test
    void leavesRoomForWhatLiesBesideIt() {
        var longest = new AccountId("a".repeat(91));

        assertThat(longest.reserved().value()).hasSize(100).endsWith("a/reserved");
        assertThatThrownBy(() -> new AccountId("a".repeat(92)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void isOfPlainLowerCaseCharacters() {
        for (var refused : new String[] {"", "Alice", "/a", "a b", "ä", "a\n"}) {
            assertThatThrownBy(() -> new AccountId(refused))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
