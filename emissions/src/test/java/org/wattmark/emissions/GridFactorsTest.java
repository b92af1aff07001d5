package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Year;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wattmark.emissions.CreditingChoice.Forced;
import org.wattmark.emissions.CreditingChoice.Lower;
import org.wattmark.emissions.CreditingChoice.Reason;
import org.wattmark.emissions.CreditingChoice.Refused;
import org.wattmark.emissions.EmissionFactor.Boundary;
import org.wattmark.emissions.EmissionFactor.Gases;
import org.wattmark.emissions.EmissionFactor.Kind;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

class GridFactorsTest {

    private static final GridFactors FACTORS = GridFactors.shipped();

    /// If this changes, the set's version must change with it: statements name the version.
    private static final String HASH_OF_VERSION_1 =
            "57f399e53a86c9d7b1ff8c700a68ce8c5bc17af0d5744272a3e14bf0386c3700";

    @Test
    void aTableNeverChangesUnderItsVersion() {
        var hash = HexFormat.of().formatHex(FACTORS.sha256());

        assertThat(FACTORS.set()).hasToString("grid-factors/1");
        assertThat(hash).isEqualTo(HASH_OF_VERSION_1);
    }

    @Test
    void holdsAllTerritoriesOfBothSources() {
        var regions = FACTORS.regions();

        assertThat(count(regions, "ifi-2021", Kind.COMBINED_MARGIN_INTERMITTENT)).isEqualTo(233);
        assertThat(count(regions, "ifi-2021", Kind.COMBINED_MARGIN_FIRM)).isEqualTo(233);
        assertThat(count(regions, "ifi-2021", Kind.OPERATING_MARGIN)).isEqualTo(233);
        assertThat(count(regions, "ember-2022", Kind.AVERAGE)).isEqualTo(39);
        assertThat(count(regions, "ember-2023", Kind.AVERAGE)).isEqualTo(81);
        assertThat(count(regions, "ember-2024", Kind.AVERAGE)).isEqualTo(102);
        assertThat(regions).hasSize(247);
    }

    private static long count(List<Region> regions, String source, Kind kind) {
        return regions.stream()
                .flatMap(region -> FACTORS.factorsOf(region).stream())
                .filter(factor -> factor.source().id().equals(source) && factor.kind() == kind)
                .count();
    }

    /// Only Kosovo is outside the standard: XK and XKX are user-assigned codes.
    @Test
    void codesAreThoseOfIso3166() {
        var jdk = new ArrayList<String>();
        for (var alpha2 : Locale.getISOCountries()) {
            jdk.add(alpha2 + " " + Locale.of("", alpha2).getISO3Country());
        }
        jdk.add("XK XKX");

        for (var region : FACTORS.regions()) {
            region.alpha2()
                    .ifPresentOrElse(
                            alpha2 -> assertThat(jdk).contains(alpha2 + " " + region.code()),
                            () -> assertThat(region.code()).matches("[a-z0-9-]+"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GB, GBR, 380, 320, 219, 215.79",
        "US, USA, 416, 352, 246, 383.55",
        "DE, DEU, 650, 523, 313, 342.06",
        "IN, IND, 951, 822, 608, 708.96",
        "KE, KEN, 574, 462, 274, 84.83",
        "NZ, NZL, 246, 194, 108, 120.11",
        "AR, ARG, 478, 407, 288, 344.83",
        "AU, AUS, 808, 663, 421, 553.76",
        "ZA, ZAF, 1070, 964, 786, 713.9",
    })
    void holdsTheKeyValues(
            String alpha2, String code, String om, String solar, String firm, String average) {
        var region = FACTORS.region(alpha2).orElseThrow();

        var lower = (Lower) FACTORS.forSolarCredits(code);

        assertThat(region.code()).isEqualTo(code);
        assertThat(value("ifi-2021/" + code + "/om")).isEqualByComparingTo(om);
        assertThat(value("ifi-2021/" + code + "/cm-firm")).isEqualByComparingTo(firm);
        assertThat(lower.margin().gramsPerKilowattHour()).isEqualByComparingTo(solar);
        assertThat(lower.average().gramsPerKilowattHour()).isEqualByComparingTo(average);
    }

    private static BigDecimal value(String id) {
        return FACTORS.factor(id).orElseThrow().gramsPerKilowattHour();
    }

    /// CM for solar is 3/4 OM + 1/4 BM and CM for firm 1/3 OM + 2/3 BM. With BM taken out of the
    /// first, the second holds within 2.3 g/kWh, which is what rounding to whole grams explains:
    /// half a gram times 8/3 for the one, 5/3 for the OM and 1 for the other, at most 2.67.
    @Test
    void marginsAreCombinedAsTheirSourceSays() {
        var worst = BigDecimal.ZERO;

        for (var region : FACTORS.regions()) {
            var om = FACTORS.factor("ifi-2021/" + region.code() + "/om");
            if (om.isEmpty()) {
                continue;
            }
            worst = worst.max(deviation(region, om.get().gramsPerKilowattHour()));
        }

        assertThat(worst).isBetween(new BigDecimal("0.1"), new BigDecimal("2.34"));
    }

    /// |3 CM firm − OM − 2 BM| / 3 with BM = 4 CM solar − 3 OM, in g/kWh.
    private static BigDecimal deviation(Region region, BigDecimal om) {
        var solar = value("ifi-2021/" + region.code() + "/cm-intermittent");
        var firm = value("ifi-2021/" + region.code() + "/cm-firm");
        var build = solar.multiply(BigDecimal.valueOf(4)).subtract(om.multiply(THREE));
        return firm.multiply(THREE)
                .subtract(om)
                .subtract(build.multiply(BigDecimal.TWO))
                .abs()
                .divide(THREE, 2, RoundingMode.HALF_UP);
    }

    private static final BigDecimal THREE = BigDecimal.valueOf(3);

    @Test
    void creditsUseTheLowerOfMarginAndAverageAndShowBoth() {
        var britain = (Lower) FACTORS.forSolarCredits("gb");
        var southAfrica = (Lower) FACTORS.forSolarCredits("ZAF");
        var albania = (Lower) FACTORS.forSolarCredits("ALB");

        assertThat(britain.factor().id()).isEqualTo("ember-2024/GBR/average");
        assertThat(britain.average().gases()).isEqualTo(Gases.CO2E);
        assertThat(britain.average().boundary()).isEqualTo(Boundary.LIFE_CYCLE);
        assertThat(britain.average().year()).isEqualTo(Year.of(2024));
        assertThat(britain.margin().id()).isEqualTo("ifi-2021/GBR/cm-intermittent");
        assertThat(britain.margin().gases()).isEqualTo(Gases.CO2);
        assertThat(britain.margin().boundary()).isEqualTo(Boundary.OPERATING);
        assertThat(southAfrica.factor()).isEqualTo(southAfrica.average());
        assertThat(albania.factor()).isEqualTo(albania.margin());
    }

    @ParameterizedTest
    @CsvSource({
        "ZZ, REGION_UNKNOWN",
        "'', REGION_UNKNOWN",
        "world, REGION_IS_A_GROUP",
        "EU, REGION_IS_A_GROUP",
        "HK, COMBINED_MARGIN_UNKNOWN",
        "AND, AVERAGE_UNKNOWN",
        "azores, AVERAGE_UNKNOWN",
    })
    void withoutBothFactorsThereIsNoDefault(String code, Reason reason) {
        var choice = FACTORS.forSolarCredits(code);

        assertThat(choice).isEqualTo(new Refused(reason));
        assertThat(choice.chosen()).isEmpty();
    }

    @Test
    void aForcedFactorIsShownBesideWhatTheDefaultWouldHaveBeen() {
        var margin = (Forced) FACTORS.forced("ifi-2021/GBR/cm-intermittent");
        var average = (Forced) FACTORS.forced("ember-2024/GBR/average");
        var alone = (Forced) FACTORS.forced("ifi-2021/AND/cm-intermittent");

        assertThat(margin.factor().gramsPerKilowattHour()).isEqualByComparingTo("320");
        assertThat(margin.instead().orElseThrow().factor()).isEqualTo(average.factor());
        assertThat(margin.creditsMore()).isTrue();
        assertThat(average.creditsMore()).isFalse();
        assertThat(alone.instead()).isEmpty();
        assertThat(alone.creditsMore()).isTrue();
    }

    @Test
    void anUnknownFactorAndAGroupsFactorAreNotForced() {
        var unknown = FACTORS.forced("ifi-2021/GBR/bm");
        var world = FACTORS.forced("ember-2024/world/average");

        assertThat(unknown).isEqualTo(new Refused(Reason.FACTOR_UNKNOWN));
        assertThat(world).isEqualTo(new Refused(Reason.REGION_IS_A_GROUP));
    }

    @Test
    void avoidedRoundsDownAndCausedRoundsUp() {
        var factor = FACTORS.factor("ember-2024/GBR/average").orElseThrow();

        assertThat(factor.avoidedBy(Energy.ofKilowattHours(12_400))).isEqualTo(new Co2e(2_675_796));
        assertThat(factor.gramsFor(new Energy(1))).isEqualByComparingTo("0.21579");
        assertThat(factor.avoidedBy(new Energy(1))).isEqualTo(Co2e.ZERO);
        assertThat(factor.causedBy(new Energy(1))).isEqualTo(new Co2e(1));
    }

    @Test
    void everyFactorNamesWhereItIsFrom() {
        for (var region : FACTORS.regions()) {
            for (var factor : FACTORS.factorsOf(region)) {
                var source = factor.source();
                assertThat(source.document()).isNotBlank();
                assertThat(source.edition()).isNotBlank();
                assertThat(source.url()).startsWith("https://");
                assertThat(source.licence()).isNotBlank();
                assertThat(source.id()).endsWith("-" + factor.year());
            }
        }
    }

    @Seeded(worlds = 5)
    void aTableIsTheSameInWhateverOrderItIsWritten(RandomGenerator random) {
        var factors = new ArrayList<EmissionFactor>();
        FACTORS.regions().forEach(region -> factors.addAll(FACTORS.factorsOf(region)));

        Collections.shuffle(factors, Random.from(random));

        assertThat(GridFactors.of(FACTORS.set(), factors).sha256()).isEqualTo(FACTORS.sha256());
    }

    @Test
    void oneChangedFigureChangesTheHash() {
        var factors = new ArrayList<EmissionFactor>();
        FACTORS.regions().forEach(region -> factors.addAll(FACTORS.factorsOf(region)));
        var first = factors.getFirst();

        factors.set(0, withValue(first, first.gramsPerKilowattHour().add(BigDecimal.ONE)));

        assertThat(GridFactors.of(FACTORS.set(), factors).sha256()).isNotEqualTo(FACTORS.sha256());
    }

    @Test
    void anIdStandsForOneFactorOnly() {
        var factor = FACTORS.factor("ember-2024/GBR/average").orElseThrow();

        var twice = List.of(factor, withValue(factor, BigDecimal.ONE));

        assertThatThrownBy(() -> GridFactors.of(FACTORS.set(), twice))
                .hasMessageContaining("ember-2024/GBR/average");
    }

    @Test
    void currentIsTheNewestYear() {
        var margin = FACTORS.factor("ifi-2021/GBR/cm-intermittent").orElseThrow();
        var average = FACTORS.factor("ember-2024/GBR/average").orElseThrow();
        var older =
                new EmissionFactor(
                        average.region(),
                        Kind.AVERAGE,
                        BigDecimal.ONE,
                        Year.of(2023),
                        Gases.CO2E,
                        Boundary.LIFE_CYCLE,
                        FACTORS.factor("ember-2023/AFG/average").orElseThrow().source());

        var choice =
                GridFactors.of(FACTORS.set(), List.of(older, margin, average))
                        .forSolarCredits("GB");

        assertThat(choice.chosen()).contains(average);
    }

    private static EmissionFactor withValue(EmissionFactor factor, BigDecimal value) {
        return new EmissionFactor(
                factor.region(),
                factor.kind(),
                value,
                factor.year(),
                factor.gases(),
                factor.boundary(),
                factor.source());
    }
}
