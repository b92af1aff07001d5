package org.wattmark.units;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QuantitiesTest {

    @Test
    void neverWrapsAround() {
        var most = new Energy(Long.MAX_VALUE);

        assertThatThrownBy(() -> most.plus(new Energy(1))).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Co2e.ofTonnes(Long.MAX_VALUE / 1_000))
                .isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> Energy.ZERO.minus(new Energy(1)))
                .hasMessage("energy is negative: -1 Wh");
    }

    @Test
    void creditsRoundDownAndDeductionsUp() {
        var exact = new BigDecimal("2675796.000001");

        assertThat(Co2e.floor(exact)).isEqualTo(new Co2e(2_675_796));
        assertThat(Co2e.ceiling(exact)).isEqualTo(new Co2e(2_675_797));
        assertThat(Share.ofPercent(10).ceilingOf(3_928_320)).isEqualTo(392_832);
        assertThat(Share.ofPercent(10).ceilingOf(3_928_321)).isEqualTo(392_833);
        assertThat(Share.ofPercent(10).floorOf(3_928_329)).isEqualTo(392_832);
    }

    @Test
    void aPriceNeverGivesAGramAway() {
        var price = new Price(Money.of(2_500, "EUR"));

        assertThat(price.of(Co2e.ofTonnes(2))).isEqualTo(Money.of(5_000, "EUR"));
        assertThat(price.of(new Co2e(1))).isEqualTo(Money.of(1, "EUR"));
        assertThat(price.of(new Co2e(401))).isEqualTo(Money.of(2, "EUR"));
    }

    @Test
    void currenciesDoNotMix() {
        var euros = Money.of(1_240, "EUR");

        assertThat(euros).hasToString("EUR 12.40");
        assertThat(Money.of(1_240, "JPY")).hasToString("JPY 1240");
        assertThatThrownBy(() -> euros.plus(Money.of(1, "USD")))
                .hasMessage("EUR and USD do not add");
    }

    @Test
    void periodsThatTouchDoNotOverlap() {
        var march = period("2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z");
        var april = period("2026-04-01T00:00:00Z", "2026-05-01T00:00:00Z");

        assertThat(march.overlaps(april)).isFalse();
        assertThat(march.contains(march.end())).isFalse();
        assertThat(march.overlaps(period("2026-03-31T23:59:59Z", "2026-05-01T00:00:00Z"))).isTrue();
        assertThatThrownBy(() -> period("2026-05-01T00:00:00Z", "2026-04-01T00:00:00Z"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void serialsCountGrams() {
        var range = SerialRange.starting(101, new Co2e(50));

        assertThat(range).isEqualTo(new SerialRange(101, 150));
        assertThat(range.quantity()).isEqualTo(new Co2e(50));
        assertThat(range.overlaps(new SerialRange(151, 151))).isFalse();
        assertThat(range.overlaps(new SerialRange(150, 151))).isTrue();
    }

    private static Period period(String start, String end) {
        return new Period(Instant.parse(start), Instant.parse(end));
    }
}
