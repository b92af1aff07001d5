package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AssetTest {

    @Test
    void isAClassAndAName() {
        for (var code : new String[] {"money:EUR", "a:-", "credit:" + "Z".repeat(60)}) {
            assertThat(new Asset(code)).hasToString(code);
        }
    }

    @Test
    void anythingElseIsRefused() {
        for (var code :
                new String[] {
                    "",
                    ":",
                    "money",
                    "money:",
                    ":EUR",
                    "Money:EUR",
                    "mon3y:EUR",
                    "money:E R",
                    "money:E:R",
                    "money:EUR\n",
                    "credit:" + "Z".repeat(61),
                    "a".repeat(21) + ":x"
                }) {
            assertThatThrownBy(() -> new Asset(code))
                    .as(code)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
