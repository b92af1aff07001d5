package org.wattmark.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AssetTest {

    @Test
    void isAClassAndAName() {
        for (var code :
                new String[] {
                    "money:EUR",
                    "a:-",
                    "az:azAZ09-",
                    "a".repeat(20) + ":x",
                    "credit:" + "Z".repeat(60)
                }) {
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
    void itsNameSaysWhatItIs() {
        var id = new UUID(0, 1);
        var euro = Currency.getInstance("EUR");

        assertThat(Asset.money(euro)).hasToString("money:EUR");
        assertThat(Asset.testMoney(euro)).hasToString("testmoney:EUR");
        assertThat(Asset.credits(id)).hasToString("credit:" + id);
        assertThat(Asset.testCredits(id)).hasToString("testcredit:" + id);
        assertThat(Asset.granular(id)).hasToString("granular:" + id);
        assertThat(Asset.testGranular(id)).hasToString("testgranular:" + id);
    }

    @Test
    void onlyWattHoursOfACertificateAreGranular() {
        var id = new UUID(0, 1);

        assertThat(Asset.granular(id).isGranular()).isTrue();
        assertThat(Asset.testGranular(id).isGranular()).isTrue();
        assertThat(Asset.credits(id).isGranular()).isFalse();
    }

    @Test
    void ofEachKindOneIsOfClassTest() {
        var id = new UUID(0, 1);
        var euro = Currency.getInstance("EUR");

        assertThat(List.of(Asset.testMoney(euro), Asset.testCredits(id), Asset.testGranular(id)))
                .allMatch(Asset::isTest);
        assertThat(List.of(Asset.money(euro), Asset.credits(id), Asset.granular(id)))
                .noneMatch(Asset::isTest);
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
                    "`:x",
                    "{:x",
                    "a:@",
                    "a:[",
                    "a:/",
                    "a::",
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
