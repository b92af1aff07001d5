package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.verification.Reports.finding;
import static org.wattmark.verification.Reports.number;
import static org.wattmark.verification.Reports.quantify;

import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Share;
import org.wattmark.verification.HeatSupply.Fuel;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// The worked example of `docs/methodologies/fuel-switch.md`, and the rules around it.
class FuelSwitchTest {

    static final String OIL = "epa-hub-2025/t1-petroleum-products-distillate-fuel-oil-no-2-mmbtu";
    static final String GAS = "epa-hub-2025/t1-natural-gas-natural-gas-mmbtu";

    @Test
    void theWorkedBoilerComesToTheGram() {
        var quantified = quantify(worked(true, Share.NONE, Optional.empty()));

        assertThat(quantified.steps())
                .extracting(Quantification.Step::result)
                .containsExactly("74203000", "47212888.888888888889", "26990111.111111111111");
        assertThat(quantified.net()).isEqualTo(new Co2e(26_990_111));
        assertThat(quantified.open()).isEmpty();
        assertThat(quantified.reduction().orElseThrow().energy()).isEqualTo(Energy.ZERO);
    }

    @Test
    void fuelsThatNobodyAnalysedCountAtTheUnfavourableEndsOfTheirRanges() {
        var quantified = quantify(worked(false, Share.NONE, Optional.empty()));

        // 74,203,000 × 1500/74100 + 47,212,888.9 × 2200/56100, rounded up.
        assertThat(quantified.taken(Cause.UNCERTAINTY))
                .isEqualByComparingTo("3353570.859022871408");
        assertThat(quantified.net()).isEqualTo(new Co2e(26_990_111 - 3_353_571));
    }

    @Test
    void theHeatMetersLimitOfErrorIsTakenOff() {
        var quantified = quantify(worked(true, Share.ofPercent(2), Optional.empty()));

        assertThat(quantified.net()).isEqualTo(new Co2e(26_990_111 - 539_803));
    }

    @Test
    void aBoilerThatTheLawWouldHaveAskedForIsTheBaseline() {
        var quantified = quantify(worked(true, Share.NONE, Optional.of(number("0.86"))));

        // 74,203,000 × 0.80 / 0.86 = 69,026,046.5 g, less the project's 47,212,888.9 g.
        assertThat(quantified.net()).isEqualTo(new Co2e(21_813_157));
        assertThat(quantified.taken(Cause.BASELINE_CAP).signum()).isPositive();
    }

    @Test
    void aFuelThatEmitsMoreEarnsNothing() {
        var back =
                new HeatSupply(
                        worked(true, Share.NONE, Optional.empty()).reported(),
                        number("1000"),
                        Share.NONE,
                        new Fuel(GAS, number("0.9")),
                        new Fuel(OIL, number("0.8")),
                        true,
                        Optional.empty());

        var quantified = quantify(back);

        assertThat(quantified.net()).isEqualTo(Co2e.ZERO);
        assertThat(finding(quantified, Code.NET).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void aFactorThatIsNoFuelsOrNotByEnergyIsRefused() {
        for (var factor :
                new String[] {
                    "epa-hub-2025/t9-nothing", "desnz-2025/1_101_1011_8", "ember-2024/GBR/average"
                }) {
            var quantified =
                    quantify(
                            new HeatSupply(
                                    Reports.reported("USA", Document.Kind.BILL),
                                    number("1000"),
                                    Share.NONE,
                                    new Fuel(factor, number("0.8")),
                                    new Fuel(GAS, number("0.9")),
                                    true,
                                    Optional.empty()));

            assertThat(quantified.reduction()).isEmpty();
            assertThat(quantified.worst()).isEqualTo(Outcome.REJECT);
        }
    }

    @Test
    void anEditionOfAnotherCountryIsForAPerson() {
        var british =
                new HeatSupply(
                        Reports.reported("GBR", Document.Kind.INVOICE, Document.Kind.BILL),
                        number("1000"),
                        Share.NONE,
                        new Fuel(OIL, number("0.8")),
                        new Fuel(GAS, number("0.9")),
                        false,
                        Optional.empty());

        var quantified = quantify(british);

        assertThat(finding(quantified, Code.FACTOR).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void noBoilerIsBetterThanWhole() {
        assertThatThrownBy(() -> new Fuel(GAS, number("1.01"))).hasMessageContaining("above 1");
    }

    /// 800 mmBtu of useful heat: oil no. 2 at 80 % to natural gas at 90 %.
    static HeatSupply worked(boolean analysed, Share heatPrecision, Optional<BigDecimal> legal) {
        return new HeatSupply(
                Reports.reported(
                        "USA",
                        Document.Kind.INVOICE,
                        Document.Kind.METER_RECORD,
                        Document.Kind.ANALYSIS),
                number("844044.682096"),
                heatPrecision,
                new Fuel(OIL, number("0.80")),
                new Fuel(GAS, number("0.90")),
                analysed,
                legal);
    }
}
