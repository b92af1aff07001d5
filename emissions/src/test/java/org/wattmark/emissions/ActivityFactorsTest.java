package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.WarmingPotentials.Report;
import org.wattmark.testing.ExternalData;
import org.wattmark.units.Co2e;

class ActivityFactorsTest {

    @Test
    void neverChangeUnderTheirVersion() {
        assertThat(Firm.FACTORS.set().toString()).isEqualTo("activity-factors/1");
        assertThat(HexFormat.of().formatHex(Firm.FACTORS.sha256()))
                .isEqualTo("31275a3017b66501c174e91bbc78bdd713712e1572508e94bae45fbf3c31a091");
    }

    @Test
    void sayForEachNumberWhoPublishedItAndUnderWhichLicence() {
        assertThat(Firm.FACTORS.all())
                .allSatisfy(factor -> {
                    assertThat(factor.source().line()).isNotBlank();
                    assertThat(factor.source().source().licence()).isNotBlank();
                    assertThat(factor.source().source().url()).startsWith("https://");
                });
    }

    /// A total and its gases are rounded apart at five places.
    @Test
    void splitTheGasesOfATotal() {
        assertThat(Firm.FACTORS.all())
                .filteredOn(factor -> factor.gases().isPresent())
                .filteredOn(factor -> factor.id().startsWith("desnz-2024/"))
                .hasSizeGreaterThan(1_000);
        var electricity = Firm.FACTORS.factor("desnz-2024/7_400_4000_5").orElseThrow();
        var gases = electricity.gases().orElseThrow();
        assertThat(gases.co2().add(gases.ch4()).add(gases.n2o()))
                .isEqualByComparingTo(electricity.kilogramsPerUnit());
    }

    @Test
    void areThoseOfTheUnitedKingdomRowByRow() throws Exception {
        for (var year : new String[] {"2023", "2024", "2025"}) {
            var file = ExternalData.file("factors/desnz_" + year + "_kgco2e_totals.csv");
            int compared = 0;
            for (var line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                var id = line.substring(0, line.indexOf(','));
                if (!id.endsWith("_1") || line.contains(",Outside of scopes,")) {
                    continue;
                }
                var printed = new BigDecimal(line.substring(line.lastIndexOf(',') + 1));
                var ours =
                        Firm.FACTORS.factor(
                                "desnz-" + year + "/" + id.substring(0, id.length() - 2));
                assertThat(ours).as(line).isPresent();
                assertThat(ours.get().kilogramsPerUnit()).as(line).isEqualByComparingTo(printed);
                compared++;
            }
            assertThat(compared).as(year).isGreaterThan(2_400);
        }
    }

    @Test
    void areThoseOfTheUnitedStates() throws Exception {
        var file = ExternalData.file("factors/epa_hub_2025_t6_egrid2023_subregions.csv");
        for (var line : Files.readAllLines(file).subList(1, 28)) {
            var cells = line.split(",");
            var ours =
                    Firm.FACTORS.factor(
                            "epa-hub-2025/t6-" + cells[0].toLowerCase(java.util.Locale.ROOT));
            assertThat(ours.orElseThrow().kilogramsPerUnit().movePointLeft(3))
                    .as(line)
                    .isCloseTo(
                            new BigDecimal(cells[cells.length - 2]),
                            org.assertj.core.data.Offset.offset(new BigDecimal("0.000001")));
        }
    }

    /// DOMAIN: 5 t of cardboard and 0.25 t of aluminium, recycled instead of put to landfill.
    @Test
    void creditRecyclingByNetFactorsOnly() {
        var warm = WarmFactors.shipped();

        assertThat(
                        warm.avoided(
                                        "Corrugated Containers",
                                        new BigDecimal("5000"),
                                        "landfilling",
                                        "recycling")
                                .orElseThrow())
                .isBetween(new Co2e(18_200_000), new Co2e(18_350_000));
        assertThat(warm.avoided("Aluminum Cans", new BigDecimal("250"), "recycling", "landfilling"))
                .contains(Co2e.ZERO);
        assertThat(Firm.FACTORS.all()).noneMatch(factor -> factor.kilogramsPerUnit().signum() < 0);
    }

    @Test
    void knowTheWarmingPotentialsOfEachReport() {
        assertThat(WarmingPotentials.of("CH4", Report.AR5)).contains(new BigDecimal("28"));
        assertThat(WarmingPotentials.of("CH4", Report.AR6)).contains(new BigDecimal("27.9"));
        assertThat(WarmingPotentials.of("N2O", Report.AR5)).contains(new BigDecimal("265"));
        assertThat(WarmingPotentials.of("HFC-134a", Report.AR5)).contains(new BigDecimal("1300"));
        assertThat(WarmingPotentials.of("unobtainium", Report.AR5)).isEmpty();
    }
}
