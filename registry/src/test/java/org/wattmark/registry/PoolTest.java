package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

class PoolTest {

    private static final UUID ONE = Given.id(1);
    private static final UUID TWO = Given.id(2);
    private static final UUID THREE = Given.id(3);

    @Test
    void threeAlikeShareTenGramsAndTheTenthIsNobodysUntilThereIsMore() {
        var alike = Map.of(ONE, new Energy(7), TWO, new Energy(7), THREE, new Energy(7));

        var first = Pool.EMPTY.divide(new Co2e(10), alike);
        var second = first.next().divide(new Co2e(10), alike);
        var third = second.next().divide(new Co2e(10), alike);

        assertThat(first.given().values()).containsOnly(new Co2e(3)).hasSize(3);
        assertThat(first.next().kept()).isEqualTo(BigInteger.valueOf(Pool.NANOGRAMS));
        assertThat(second.sum()).isEqualTo(new Co2e(9));
        assertThat(third.sum()).isEqualTo(new Co2e(12));
        assertThat(third.next().kept()).isZero();
    }

    @Test
    void whoGeneratedNothingGetsNothingAndKeepsWhatIsCarried() {
        var first = Pool.EMPTY.divide(new Co2e(1), Map.of(ONE, new Energy(1), TWO, new Energy(3)));

        var second = first.next().divide(new Co2e(5), Map.of(TWO, new Energy(3)));
        var nobody = second.next().divide(new Co2e(2), Map.of());

        assertThat(second.given()).containsOnlyKeys(TWO);
        assertThat(second.next().carried()).containsEntry(ONE, 250_000_000L);
        assertThat(nobody.given()).isEmpty();
        assertThat(nobody.next().undivided()).isEqualTo(BigInteger.valueOf(2 * Pool.NANOGRAMS));
    }

    @Test
    void aWholeGramIsNeverCarried() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Pool(Map.of(ONE, Pool.NANOGRAMS), BigInteger.ZERO));
    }

    /// Up to forty members who come and go, over thirty periods.
    @Seeded
    void whatIsGivenAndKeptIsExactlyWhatWasCreditedAndEachHasItsShare(RandomGenerator random) {
        var pool = Pool.EMPTY;
        var credited = BigInteger.ZERO;
        var given = BigInteger.ZERO;
        var fair = new HashMap<UUID, BigDecimal>();
        var had = new HashMap<UUID, Long>();
        int periods = 30;

        for (int i = 0; i < periods; i++) {
            var generated = new HashMap<UUID, Energy>();
            for (int member = 0; member < random.nextInt(1, 40); member++) {
                generated.put(
                        Given.id(random.nextInt(40)), new Energy(random.nextLong(1, 2_000_000)));
            }
            var credit = new Co2e(random.nextLong(0, 900_000));
            var division = pool.divide(credit, generated);
            pool = division.next();
            credited = credited.add(BigInteger.valueOf(credit.grams()));
            given = given.add(BigInteger.valueOf(division.sum().grams()));
            addFairShares(fair, credit, generated);
            division.given().forEach((member, part) -> had.merge(member, part.grams(), Long::sum));
        }

        var kept = pool.kept().divideAndRemainder(BigInteger.valueOf(Pool.NANOGRAMS));
        assertThat(kept[1]).isZero();
        assertThat(given.add(kept[0])).isEqualTo(credited);
        // Less than a gram that is carried, and some nanograms of rounding in each period.
        fair.forEach((member, exact) ->
                assertThat(BigDecimal.valueOf(had.getOrDefault(member, 0L)))
                        .isCloseTo(exact, within(new BigDecimal("1.000003"))));
    }

    private static void addFairShares(
            Map<UUID, BigDecimal> fair, Co2e credit, Map<UUID, Energy> generated) {
        long whole = generated.values().stream().mapToLong(Energy::wattHours).sum();
        generated.forEach((member, part) ->
                fair.merge(
                        member,
                        BigDecimal.valueOf(credit.grams())
                                .multiply(BigDecimal.valueOf(part.wattHours()))
                                .divide(BigDecimal.valueOf(whole), MathContext.DECIMAL64),
                        BigDecimal::add));
    }
}
