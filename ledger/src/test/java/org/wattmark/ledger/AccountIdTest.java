package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
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
    void isAcceptedAsTheFormSays() {
        var form = Pattern.compile("[a-z0-9][a-z0-9:./-]{0,90}(/reserved)?");
        var letters = "az09:./-A @_ä\n";
        var random = new SplittableRandom(1);

        for (int i = 0; i < 20_000; i++) {
            var id = new StringBuilder("a".repeat(random.nextInt(2) * random.nextInt(95)));
            for (int n = random.nextInt(4); n > 0; n--) {
                id.append(letters.charAt(random.nextInt(letters.length())));
            }
            var text = id + (random.nextBoolean() ? "" : "/reserved");

            assertThat(isAccepted(text)).as(text).isEqualTo(form.matcher(text).matches());
        }
    }

    private static boolean isAccepted(String text) {
        try {
            return new AccountId(text).value().equals(text);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    @Test
    void aHoldersOwnAccountsTellWhoseTheyAreAndNoOthersDo() {
        var holder = new UUID(7, 9);

        assertThat(AccountId.holder(holder).holderId()).contains(holder);
        assertThat(AccountId.testHolder(holder).holderId()).contains(holder);
        assertThat(AccountId.holder(holder).reserved().holderId()).isEmpty();
        assertThat(AccountId.system("issuance").holderId()).isEmpty();
        assertThat(AccountId.testSystem("issuance").holderId()).isEmpty();
    }

    @Test
    void isShownAsItIsWritten() {
        assertThat(AccountId.system("issuance")).hasToString("system:issuance");
    }

    @Test
    void isOfPlainLowerCaseCharacters() {
        for (var refused : new String[] {"", "Alice", "/a", "a b", "ä", "a\n"}) {
            assertThatThrownBy(() -> new AccountId(refused))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
