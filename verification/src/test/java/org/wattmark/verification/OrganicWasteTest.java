package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.wattmark.verification.Reports.finding;
import static org.wattmark.verification.Reports.number;
import static org.wattmark.verification.Reports.quantify;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.units.Share;
import org.wattmark.verification.DivertedWaste.Climate;
import org.wattmark.verification.DivertedWaste.Delivery;
import org.wattmark.verification.DivertedWaste.Landfill;
import org.wattmark.verification.DivertedWaste.Management;
import org.wattmark.verification.DivertedWaste.Treatment;
import org.wattmark.verification.DivertedWaste.Waste;
import org.wattmark.verification.MethodologyFinding.Code;

/// The worked example of `docs/methodologies/organic-waste.md`, and the rules around it.
class OrganicWasteTest {

    private static final Landfill TROPICAL =
            new Landfill(Management.ANAEROBIC, Climate.TROPICAL_WET);

    @Test
    void tenTonnesOfFoodEarnInTheirFirstYearWhatTheToolSays() {
        var quantified = quantify(fed(food("2025", "A-1")));

        assertThat(quantified.net()).isEqualTo(new Co2e(3_530_872)); // 3.530872 t
        assertThat(quantified.reduction().orElseThrow().lines().getFirst().gross())
                .isCloseTo(number("3530872.306958"), within(number("0.001")));
    }

    @Test
    void theSameWasteEarnsLessInEachLaterYear() {
        var second = quantify(fed(food("2024", "A-1")));
        var both = quantify(fed(food("2024", "A-1"), food("2025", "A-2")));

        assertThat(second.net().grams())
                .isCloseTo((long) (3_530_872.306958 * Math.exp(-0.4)), within(1L));
        assertThat(both.net().grams()).isCloseTo(3_530_872 + second.net().grams(), within(1L));
    }

    @Test
    void compostHeapsEmitThemselves() {
        var composted =
                data(Treatment.COMPOSTING, Share.NONE, new Co2e(50_000), food("2025", "A-1"));

        var quantified = quantify(composted);

        // 10,000 kg × (2 g × 28 + 0.2 g × 265) = 1,090,000 g, and 50,000 g of fuel.
        assertThat(quantified.net()).isEqualTo(new Co2e(3_530_872 - 1_140_000));
    }

    @Test
    void methaneThatIsCaughtAnywayIsNotCounted() {
        var half =
                data(
                        Treatment.USED_AS_FOOD_OR_FEED,
                        Share.ofPercent(50),
                        Co2e.ZERO,
                        food("2025", "A-1"));

        assertThat(quantify(half).net()).isEqualTo(new Co2e(1_765_436));
    }

    @Test
    void coldAndShallowLandfillsGiveOffLess() {
        var cold =
                new DivertedWaste(
                        fed(food("2025", "A-1")).reported(),
                        List.of(food("2025", "A-1")),
                        new Landfill(Management.SHALLOW_UNMANAGED, Climate.TEMPERATE_DRY),
                        Share.NONE,
                        Treatment.USED_AS_FOOD_OR_FEED,
                        Co2e.ZERO);

        // 0.80 × 28 × 16/12 × 0.25 × 0.4 × 1,500 kg × (1 − e^−0.06)
        assertThat(quantify(cold).net().grams())
                .isCloseTo(
                        (long) (0.8 * 28 * 16 / 12 * 0.25 * 0.4 * 1_500_000 * -Math.expm1(-0.06)),
                        within(1L));
    }

    @Test
    void halfAYearEarnsHalfTheYearsMethane() {
        var half =
                new Period(
                        Instant.parse("2025-01-01T00:00:00Z"),
                        Instant.parse("2025-07-02T12:00:00Z"));

        var quantified =
                new OrganicWaste()
                        .quantify(
                                fed(food("2025", "A-1")),
                                half,
                                ZoneOffset.UTC,
                                Reports.NOTHING_CARRIED,
                                Reports.FACTORS);

        assertThat(quantified.net()).isEqualTo(new Co2e(1_765_436));
    }

    @Test
    void wasteOfAYearThatIsNotYetIsRefused() {
        var quantified = quantify(fed(food("2026", "A-1")));

        assertThat(finding(quantified, Code.PLAUSIBLE).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void aPersonAlwaysDecidesAndATicketStandsOnce() {
        assertThat(new OrganicWaste().mostWithoutPerson()).isEqualTo(Co2e.ZERO);
        assertThatThrownBy(() -> fed(food("2025", "A-1"), food("2025", "A-1")))
                .hasMessageContaining("once");
    }

    static Delivery food(String year, String ticket) {
        return new Delivery(ticket, Year.parse(year), Waste.FOOD, BigDecimal.valueOf(10_000));
    }

    static DivertedWaste fed(Delivery... deliveries) {
        return data(Treatment.USED_AS_FOOD_OR_FEED, Share.NONE, Co2e.ZERO, deliveries);
    }

    private static DivertedWaste data(
            Treatment treatment, Share captured, Co2e other, Delivery... deliveries) {
        return new DivertedWaste(
                Reports.reported(
                        "KEN",
                        Document.Kind.WEIGHBRIDGE_TICKET,
                        Document.Kind.ANALYSIS,
                        Document.Kind.TRANSFER_OF_CLAIM),
                List.of(deliveries),
                TROPICAL,
                captured,
                treatment,
                other);
    }
}
