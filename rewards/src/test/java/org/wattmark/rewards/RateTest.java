package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wattmark.rewards.World.GENESIS;

import java.time.LocalDate;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Share;

/// rate = base × halving × scaling, between 10 % and 30 %.
class RateTest {

    private static final int FOUR_YEARS = Programme.STANDARD_HALVING_DAYS;
    private static final Programme PROGRAMME =
            new Programme(World.id(1), "Sun", World.GERMANY, World.EUR, false, GENESIS, FOUR_YEARS);

    @Test
    void halvingMovesTheBaseFromThirtyTowardsTenPercent() {
        assertThat(rate(30, 1, 0)).isEqualTo(3_000);
        assertThat(rate(30, 1, 1)).isEqualTo(1_500);
        assertThat(rate(30, 1, 2)).isEqualTo(1_000); // 7.5 % would be below the lowest rate
        assertThat(rate(30, 1, 40)).isEqualTo(1_000);
    }

    @Test
    void anEpochEndsWithTheDayBeforeTheHalving() {
        var terms = terms(30, 0, 10_000, 1);
        var halving = GENESIS.plusDays(FOUR_YEARS);

        assertThat(terms.rate(PROGRAMME, 1, GENESIS).basisPoints()).isEqualTo(3_000);
        assertThat(terms.rate(PROGRAMME, 1, halving.minusDays(1)).basisPoints()).isEqualTo(3_000);
        assertThat(terms.rate(PROGRAMME, 1, halving).basisPoints()).isEqualTo(1_500);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> terms.rate(PROGRAMME, 1, GENESIS.minusDays(1)));
    }

    @Test
    void whoJoinsEarlyEarnsMoreAndNobodyLessThanHalf() {
        var terms = terms(30, 0, 10_000, 1_000);
        var secondEpoch = GENESIS.plusDays(FOUR_YEARS); // 15 % at scaling 1

        assertThat(terms.rate(PROGRAMME, 1, secondEpoch).basisPoints()).isEqualTo(3_000);
        assertThat(terms.rate(PROGRAMME, 500, secondEpoch).basisPoints()).isEqualTo(3_000);
        assertThat(terms.rate(PROGRAMME, 501, secondEpoch).basisPoints()).isEqualTo(2_994);
        assertThat(terms.rate(PROGRAMME, 750, secondEpoch).basisPoints()).isEqualTo(2_000);
        assertThat(terms.rate(PROGRAMME, 1_000, secondEpoch).basisPoints()).isEqualTo(1_500);
        assertThat(terms.rate(PROGRAMME, 9_999, secondEpoch).basisPoints()).isEqualTo(1_000);
        assertThat(terms.rate(PROGRAMME, 2_000, GENESIS).basisPoints()).isEqualTo(1_500);
        assertThat(terms.rate(PROGRAMME, 9_999, GENESIS).basisPoints()).isEqualTo(1_500);
    }

    @Test
    void theEarlyMultiplierEndsWithTheLastEarlyDevice() {
        var terms = terms(15, 10, 15_000, 10);

        assertThat(terms.rate(PROGRAMME, 10, GENESIS).basisPoints()).isEqualTo(2_250);
        assertThat(terms.rate(PROGRAMME, 11, GENESIS).basisPoints()).isEqualTo(1_363);
        assertThat(terms.rate(PROGRAMME, 7, GENESIS).basisPoints()).isEqualTo(3_000);
    }

    @Test
    void whatTermsMayNotSayIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> terms(9, 0, 10_000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> terms(31, 0, 10_000, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> terms(20, 1, 4_999, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> terms(20, 1, 20_001, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> terms(20, 0, 10_000, 0));
    }

    @Seeded
    void theRateIsBoundedAndNeverRisesWithRankOrTime(RandomGenerator random) {
        var terms =
                terms(
                        random.nextInt(10, 31),
                        random.nextInt(100),
                        random.nextInt(10_000, 20_001),
                        random.nextInt(1, 100_000));
        long rank = random.nextLong(1, 200_000);
        var day = GENESIS.plusDays(random.nextInt(20_000));

        int rate = terms.rate(PROGRAMME, rank, day).basisPoints();

        assertThat(rate).isBetween(1_000, 3_000);
        assertThat(terms.rate(PROGRAMME, rank + 1, day).basisPoints()).isLessThanOrEqualTo(rate);
        assertThat(terms.rate(PROGRAMME, rank, day.plusDays(1)).basisPoints())
                .isLessThanOrEqualTo(rate);
    }

    private static int rate(int percent, long rank, int epoch) {
        LocalDate day = GENESIS.plusDays((long) epoch * FOUR_YEARS);
        return terms(percent, 0, 10_000, 1).rate(PROGRAMME, rank, day).basisPoints();
    }

    private static Terms terms(int percent, int early, int earlyBasisPoints, int reference) {
        return new Terms(
                GENESIS,
                Terms.STANDARD_CAP,
                Share.ofPercent(percent),
                early,
                earlyBasisPoints,
                reference,
                5_000_000,
                AssuranceTier.T1);
    }
}
