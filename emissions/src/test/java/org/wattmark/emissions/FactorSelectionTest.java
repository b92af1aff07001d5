package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Year;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.FactorChoice.Asked;
import org.wattmark.emissions.FactorChoice.Chosen;
import org.wattmark.emissions.FactorChoice.Reason;
import org.wattmark.emissions.FactorSelection.Question;

class FactorSelectionTest {

    private static FactorChoice choose(
            String item, String unit, String region, String grid, int year, String named) {
        return Firm.SELECTION.choose(
                new Question(
                        Firm.item(item),
                        Firm.unit(unit),
                        Firm.GRIDS.region(region).orElseThrow(),
                        Optional.of(grid),
                        Year.of(year),
                        Optional.of(named).filter(id -> !id.isEmpty())));
    }

    private static ActivityFactor chosen(
            String item, String unit, String region, String grid, int year) {
        if (choose(item, unit, region, grid, year, "") instanceof Chosen(var factor, _)) {
            return factor;
        }
        throw new AssertionError(choose(item, unit, region, grid, year, "").toString());
    }

    private static Reason asked(String item, String unit, String region, String grid, int year) {
        return ((Asked) choose(item, unit, region, grid, year, "")).reason();
    }

    @Test
    void takesTheEditionOfTheYear() {
        assertThat(chosen("electricity", "kWh", "GB", "", 2023).kilogramsPerUnit())
                .isEqualByComparingTo("0.20707429");
        assertThat(chosen("electricity", "kWh", "GB", "", 2024).kilogramsPerUnit())
                .isEqualByComparingTo("0.20705");
        assertThat(chosen("electricity", "kWh", "GB", "", 2025).kilogramsPerUnit())
                .isEqualByComparingTo("0.177");
    }

    @Test
    void saysWhenANewerEditionIsDue() {
        var choice = (Chosen) choose("electricity", "kWh", "GB", "", 2026, "");

        assertThat(choice.factor().id()).startsWith("desnz-2025/");
        assertThat(choice.because()).anyMatch(it -> it.contains("look for one of 2026"));
        assertThat(asked("electricity", "kWh", "GB", "", 2028))
                .isEqualTo(Reason.YEAR_WITHOUT_FACTOR);
        assertThat(asked("electricity", "kWh", "GB", "", 2022))
                .isEqualTo(Reason.YEAR_WITHOUT_FACTOR);
    }

    @Test
    void asksForTheSubregionOfAnAmericanSite() {
        assertThat(asked("electricity", "kWh", "US", "", 2024)).isEqualTo(Reason.GRID_UNKNOWN);
        assertThat(asked("electricity", "kWh", "US", "XXXX", 2024)).isEqualTo(Reason.GRID_UNKNOWN);
        var asked = (Asked) choose("electricity", "kWh", "US", "", 2024, "");
        assertThat(asked.candidates()).hasSize(28).contains("CAMX", "US");
        // (436.655 + 0.025·28 + 0.003·265) lb/MWh
        assertThat(chosen("electricity", "MWh", "US", "CAMX", 2024).kilogramsPerUnit())
                .isEqualByComparingTo("198.74149691550");
    }

    @Test
    void takesAmericanFuelsInTheirOwnUnits() {
        assertThat(chosen("natural gas", "therm", "US", "", 2024).kilogramsPerUnit())
                .isEqualByComparingTo("53.1145");
        assertThat(chosen("gas-oil", "us gal", "US", "", 2024).kilogramsPerUnit())
                .isEqualByComparingTo("10.24268");
    }

    @Test
    void takesTheAverageOfGenerationWhereNoNationalSetIsKnownAndSaysSo() {
        var choice = (Chosen) choose("electricity", "kWh", "DE", "", 2024, "");

        assertThat(choice.factor().id()).isEqualTo("ember-2024/DEU/average");
        assertThat(choice.because()).anyMatch(it -> it.contains("life cycle"));
    }

    @Test
    void asksWhereTheRegionHasNoFactorAndNeverTakesAnother() {
        assertThat(asked("diesel", "l", "DE", "", 2024)).isEqualTo(Reason.REGION_WITHOUT_FACTOR);
        assertThat(asked("electricity", "kWh", "world", "", 2024))
                .isEqualTo(Reason.REGION_WITHOUT_FACTOR);
        var asked = (Asked) choose("diesel", "l", "DE", "", 2024, "");
        assertThat(asked.candidates()).anyMatch(id -> id.startsWith("desnz-2024/"));
    }

    @Test
    void takesTheFactorThatTheFirmNamesAndSaysWhoseItIs() {
        var id = chosen("diesel", "l", "GB", "", 2024).id();

        var choice = (Chosen) choose("diesel", "l", "DE", "", 2024, id);

        assertThat(choice.factor().kilogramsPerUnit()).isEqualByComparingTo("2.51279");
        assertThat(choice.because()).anyMatch(it -> it.contains("for GBR; the site is in DEU"));
        assertThat(((Asked) choose("diesel", "l", "DE", "", 2024, "no/such")).reason())
                .isEqualTo(Reason.FACTOR_UNKNOWN);
    }

    @Test
    void countsALeakOfGasAlikeEverywhere() {
        assertThat(chosen("r410a", "kg", "DE", "", 2024).kilogramsPerUnit())
                .isEqualByComparingTo("1924");
        assertThat(chosen("r410a", "lb", "US", "", 2024).kilogramsPerUnit())
                .isEqualByComparingTo("1924");
        assertThat(chosen("r410a", "kg", "GB", "", 2024).id()).startsWith("desnz-2024/");
    }

    @Test
    void asksForAUnitThatTheItemIsCountedIn() {
        assertThat(asked("electricity", "litres", "GB", "", 2024))
                .isEqualTo(Reason.UNIT_WITHOUT_FACTOR);
        assertThat(asked("rail", "km", "GB", "", 2024)).isEqualTo(Reason.UNIT_WITHOUT_FACTOR);
    }

    @Test
    void keepsGrossAndNetApart() {
        var gross = chosen("gas", "kWh", "GB", "", 2024);
        var net = chosen("gas", "kWh (Net CV)", "GB", "", 2024);

        assertThat(gross.kilogramsPerUnit()).isEqualByComparingTo("0.1829");
        assertThat(net.kilogramsPerUnit()).isEqualByComparingTo("0.20264");
        assertThat(asked("gas", "kWh (Net CV)", "US", "", 2024))
                .isEqualTo(Reason.UNIT_WITHOUT_FACTOR);
    }

    @Test
    void findsAFactorForEveryItemOfOursInTheUnitedKingdom() {
        for (var item : Firm.ITEMS.all()) {
            var source = Firm.FACTORS.editions(Optional.of("GBR")).getLast();
            assertThat(Firm.FACTORS.at(source, item.desnz().orElseThrow()))
                    .as(item.code())
                    .isNotEmpty();
        }
    }
}
