package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.verification.Reports.finding;
import static org.wattmark.verification.Reports.number;
import static org.wattmark.verification.Reports.quantify;

import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Share;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.RecycledMaterial.Baseline;
import org.wattmark.verification.RecycledMaterial.Delivery;

/// The worked examples of `docs/methodologies/recycling.md`, and the rules around them.
class RecyclingTest {

    @Test
    void fiveTonnesOfCardboardComeToTheGramAndWaitForAPerson() {
        var quantified = quantify(of("USA", delivery("A-1", "Corrugated Containers", "5000")));

        assertThat(quantified.net()).isEqualTo(new Co2e(18_281_574)); // 18.28 t
        assertThat(finding(quantified, Code.FOREST_STORAGE).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void aQuarterTonneOfAluminiumCansComesToTheGram() {
        var quantified = quantify(of("USA", delivery("A-1", "Aluminum Cans", "250")));

        assertThat(quantified.net()).isEqualTo(new Co2e(2_520_898)); // 2.52 t
        assertThat(quantified.open()).isEmpty();
        assertThat(quantified.factors())
                .extracting(CitedFactor::role)
                .containsExactly("recycling of Aluminum Cans", "landfilling of Aluminum Cans");
    }

    /// A factor of an inventory leaves out what recycling spares: its type does not come in here,
    /// and its name is not in the model.
    @Test
    void factorsOfInventoriesNeverCredit() {
        var quantified =
                quantify(
                        of(
                                "USA",
                                delivery("A-1", "desnz-2025/26_601_6012_15", "5000"),
                                delivery("A-2", "t9-corrugated-containers", "5000")));

        assertThat(quantified.reduction()).isEmpty();
        assertThat(finding(quantified, Code.FACTOR).outcome()).isEqualTo(Outcome.REJECT);
    }

    /// Another spelling would slip past the rule of forest storage.
    @Test
    void aMaterialGoesByItsExactName() {
        var quantified = quantify(of("USA", delivery("A-1", "corrugated containers", "5000")));

        assertThat(quantified.reduction()).isEmpty();
    }

    @Test
    void aMaterialThatIsNotRecycledInTheModelIsRefused() {
        var quantified = quantify(of("USA", delivery("A-1", "Food Waste", "5000")));

        assertThat(quantified.reduction()).isEmpty();
    }

    @Test
    void whereNobodyCanTellTheLowerBaselineCounts() {
        var unknown =
                new Delivery(
                        "A-1",
                        LocalDate.of(2025, 5, 1),
                        "PET",
                        number("1000"),
                        Share.NONE,
                        Baseline.UNKNOWN);
        var landfilled =
                new Delivery(
                        "A-1",
                        LocalDate.of(2025, 5, 1),
                        "PET",
                        number("1000"),
                        Share.NONE,
                        Baseline.LANDFILLING);

        // PET burns to more than it is landfilled to.
        assertThat(quantify(of("USA", unknown)).net())
                .isEqualTo(quantify(of("USA", landfilled)).net());
    }

    @Test
    void dirtIsNotRecycledAndTheScaleMayErr() {
        var dirty =
                new Delivery(
                        "A-1",
                        LocalDate.of(2025, 5, 1),
                        "Aluminum Cans",
                        number("250"),
                        Share.ofPercent(20),
                        Baseline.LANDFILLING);
        var reported = of("USA", dirty).reported();

        var quantified =
                quantify(new RecycledMaterial(reported, List.of(dirty), Share.ofPercent(1)));

        // 2,520,898.06 × 0.8 = 2,016,718.4; less 20,167.2, rounded up.
        assertThat(quantified.net()).isEqualTo(new Co2e(2_016_718 - 20_168));
    }

    @Test
    void elsewhereThanInTheModelsCountryAPersonDecides() {
        var quantified = quantify(of("GBR", delivery("A-1", "Glass", "1000")));

        assertThat(finding(quantified, Code.REGION).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void withoutTheTransferOfTheClaimAPersonDecides() {
        var bare =
                new RecycledMaterial(
                        Reports.reported("USA", Document.Kind.WEIGHBRIDGE_TICKET),
                        List.of(delivery("A-1", "Glass", "1000")),
                        Share.NONE);

        assertThat(finding(quantify(bare), Code.OWNERSHIP).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void aTicketIsClaimedOnceAndLiesInThePeriod() {
        var glass = delivery("A-1", "Glass", "1000");
        var late =
                new Delivery(
                        "A-2",
                        LocalDate.of(2026, 1, 1),
                        "Glass",
                        number("1000"),
                        Share.NONE,
                        Baseline.LANDFILLING);

        assertThat(of("USA", glass).subjects()).contains(new Subject(Subject.Kind.BATCH, "A-1"));
        assertThat(quantify(of("USA", late)).worst()).isEqualTo(Outcome.REJECT);
        assertThatThrownBy(() -> of("USA", glass, glass)).hasMessageContaining("once");
    }

    static Delivery delivery(String ticket, String material, String kilograms) {
        return new Delivery(
                ticket,
                LocalDate.of(2025, 5, 1),
                material,
                number(kilograms),
                Share.NONE,
                Baseline.LANDFILLING);
    }

    static RecycledMaterial of(String region, Delivery... deliveries) {
        return new RecycledMaterial(
                Reports.reported(
                        region, Document.Kind.WEIGHBRIDGE_TICKET, Document.Kind.TRANSFER_OF_CLAIM),
                List.of(deliveries),
                Share.NONE);
    }
}
