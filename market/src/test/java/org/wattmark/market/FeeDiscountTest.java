package org.wattmark.market;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

class FeeDiscountTest {

    private static final MarketRules RULES = MarketRules.STANDARD;

    @Test
    void aDiscountIsAPartOfTheFee() {
        var price = new Money(10_000, World.EUR);

        assertThat(RULES.feeOn(price, Share.NONE)).isEqualTo(new Money(100, World.EUR));
        assertThat(RULES.feeOn(price, Share.ofPercent(40))).isEqualTo(new Money(60, World.EUR));
        assertThat(RULES.feeOn(price, Share.ofPercent(100))).isEqualTo(new Money(0, World.EUR));
    }

    @Seeded
    void aDiscountNeverRaisesAFee(RandomGenerator random) {
        var price = new Money(random.nextLong(1_000_000_000), World.EUR);
        var off = new Share(random.nextInt(10_001));

        long less = RULES.feeOn(price, off).minorUnits();

        assertThat(less).isBetween(0L, RULES.feeOn(price).minorUnits());
    }
}
