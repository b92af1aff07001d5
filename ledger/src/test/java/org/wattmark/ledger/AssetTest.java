package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AssetTest {

    @Test
    void isAClassAndAName() {
        for (var code : new String[] {"money:EUR", "a:-", "credit:" + "Z".repeat(60)}) {
            assertThat(new Asset(code)).hasToString(code);
        }
    }

    @Test
    void rewardsOfATestProgrammeAreAnotherAssetAndNeitherShowsItsAmounts() {
        var programme = new UUID(0, 1);
        var euro = Currency.getInstance("EUR");

        var live = Asset.rewards(programme, euro);
        var test = Asset.testRewards(programme, euro);

        assertThat(live).hasToString("reward:" + programme + "-EUR");
        assertThat(test).hasToString("testreward:" + programme + "-EUR");
        assertThat(live.isTest()).isFalse();
        assertThat(test.isTest()).isTrue();
        assertThat(live.isCommitted() && test.isCommitted()).isTrue();
        assertThat(live.isMoney() || test.isMoney()).isFalse();
        assertThat(Asset.credits(programme).isCommitted()).isFalse();
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
