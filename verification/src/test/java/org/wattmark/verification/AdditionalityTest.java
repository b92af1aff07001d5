package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.verification.Reports.number;

import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Money;
import org.wattmark.verification.Additionality.BarrierKind;
import org.wattmark.verification.Additionality.Dearer;
import org.wattmark.verification.Additionality.Hindered;
import org.wattmark.verification.Additionality.Listed;
import org.wattmark.verification.Additionality.PositiveList;
import org.wattmark.verification.Additionality.Route;

class AdditionalityTest {

    private static final Set<PositiveList> EFFICIENCY = Set.of(PositiveList.MICROSCALE_EFFICIENCY);
    private static final List<Sha256> STUDY = List.of(Reports.hash("study"));
    private static final Currency EURO = Currency.getInstance("EUR");

    @Test
    void aSmallFirmsSavingOnThePositiveListNeedsNobody() {
        assertThat(outcomes(true, listed("600"))).containsExactly(Outcome.INFO, Outcome.INFO);
    }

    @Test
    void whatTheLawAsksForIsRefusedOnWhateverList() {
        assertThat(outcomes(false, listed("15"))).startsWith(Outcome.REJECT);
    }

    @Test
    void aboveTheListsSizeAnotherRouteIsNeeded() {
        assertThat(outcomes(true, listed("600.1"))).endsWith(Outcome.REJECT);
    }

    @Test
    void aListOfAnotherMethodologyDoesNotCount() {
        var solar = new Listed(PositiveList.MICROSCALE_RENEWABLE, number("10"), true);

        assertThat(outcomes(true, solar)).endsWith(Outcome.REJECT);
    }

    @Test
    void aBarrierIsForAPerson() {
        var bank = new Hindered(BarrierKind.ACCESS_TO_FINANCE, "two banks declined", STUDY);

        assertThat(outcomes(true, bank)).endsWith(Outcome.HOLD);
    }

    @Test
    void aProjectThatSavesMoneyIsNotAdditionalByItsCost() {
        assertThat(outcomes(true, costs(1_000, 999))).endsWith(Outcome.HOLD);
        assertThat(outcomes(true, costs(999, 999))).endsWith(Outcome.REJECT);
    }

    @Test
    void aBarrierThatNothingShowsIsNotTaken() {
        assertThatThrownBy(() -> new Hindered(BarrierKind.OTHER, "hard", List.of()))
                .hasMessageContaining("documents");
    }

    @ParameterizedTest
    @MethodSource("routes")
    void answersAreReadBackAsTheyWereGiven(Route route) throws Canonical.Malformed {
        var answers = new Additionality(true, "energy act, building permit", route);

        var read = Additionality.of(answers.content());

        assertThat(read).isEqualTo(answers);
        for (int length = 0; length < answers.content().length; length++) {
            var cut = Arrays.copyOf(answers.content(), length);
            assertThatThrownBy(() -> Additionality.of(cut)).isInstanceOf(Canonical.Malformed.class);
        }
    }

    static List<Route> routes() {
        return List.of(
                listed("12.5"),
                new Hindered(BarrierKind.TECHNOLOGY, "no installer within 200 km", STUDY),
                costs(5, 4));
    }

    private static Listed listed(String size) {
        return new Listed(PositiveList.MICROSCALE_EFFICIENCY, number(size), true);
    }

    private static Dearer costs(long project, long baseline) {
        return new Dearer(new Money(project, EURO), new Money(baseline, EURO), STUDY);
    }

    private static List<Outcome> outcomes(boolean beyondTheLaw, Route route) {
        return new Additionality(beyondTheLaw, "none applies", route)
                .findings(EFFICIENCY).stream().map(MethodologyFinding::outcome).toList();
    }
}
