package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.ActivityFactors;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactor.Kind;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.WarmFactors;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.verification.MethodologyFinding.Code;

class DeclaredReductionTest {

    private static final Period QUARTER =
            new Period(
                    Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2025-04-01T00:00:00Z"));

    private static final FactorLibraries EXAMPLE =
            FactorLibraries.of(hundred(), ActivityFactors.shipped(), WarmFactors.shipped());

    /// Great Britain's factors, each 100 g/kWh.
    private static GridFactors hundred() {
        var shipped = GridFactors.shipped();
        var factors =
                shipped.factorsOf(shipped.region("GBR").orElseThrow()).stream()
                        .filter(factor ->
                                factor.kind() == Kind.AVERAGE
                                        || factor.kind() == Kind.COMBINED_MARGIN_FIRM
                                        || factor.kind() == Kind.COMBINED_MARGIN_INTERMITTENT)
                        .map(factor ->
                                new EmissionFactor(
                                        factor.region(),
                                        factor.kind(),
                                        BigDecimal.valueOf(100),
                                        factor.year(),
                                        factor.gases(),
                                        factor.boundary(),
                                        factor.source()))
                        .toList();
        return GridFactors.of(shipped.set(), factors);
    }

    private static Optional<BigDecimal> of(String number) {
        return Optional.of(new BigDecimal(number));
    }

    private static DeclaredTotals totals(
            Optional<BigDecimal> capacity,
            Optional<BigDecimal> generation,
            Optional<BigDecimal> before,
            Optional<BigDecimal> after,
            Optional<BigDecimal> recycled) {
        var document = new Document(Document.Kind.OTHER, Sha256.of(new byte[] {1}));
        return new DeclaredTotals(
                new Reported("GBR", List.of(document), Leakage.none("None was declared.")),
                capacity,
                generation,
                before,
                after,
                recycled);
    }

    private static Quantification quantified(DeclaredTotals totals) {
        return new DeclaredReduction().quantify(totals, QUARTER, ZoneOffset.UTC, Map.of(), EXAMPLE);
    }

    @Test
    void theWorkedExampleComesToTheGramAndCarriesWhatIsLeft() {
        var found = quantified(totals(of("10"), of("3650"), of("1000"), of("0"), of("500.5")));

        var reduction = found.reduction().orElseThrow();
        assertThat(reduction.net()).isEqualTo(new Co2e(90_000 + 100_000 + 1_588_667));
        assertThat(reduction.lines().getFirst().carriedOut().toPlainString()).startsWith("0.347");
        assertThat(found.factors()).hasSize(3);
    }

    @Test
    void aSavingOfAllOfItIsNotZero() {
        var found =
                quantified(
                        totals(
                                Optional.empty(),
                                Optional.empty(),
                                of("1000"),
                                of("0"),
                                Optional.empty()));

        assertThat(found.reduction().orElseThrow().net()).isEqualTo(new Co2e(100_000));
    }

    @Test
    void morePowerThanThePanelsHaveIsRefused() {
        var possible = quantified(solar("8760"));
        var impossible = quantified(solar("8760.001"));

        assertThat(possible.reduction()).isPresent();
        assertThat(impossible.reduction()).isEmpty();
        assertThat(impossible.findings())
                .anyMatch(finding ->
                        finding.code() == Code.PLAUSIBLE && finding.outcome() == Outcome.REJECT);
    }

    private static DeclaredTotals solar(String generation) {
        return totals(
                of("1"), of(generation), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void whoUsedMoreThanBeforeHasReducedNothing() {
        var found =
                quantified(
                        totals(
                                Optional.empty(),
                                Optional.empty(),
                                of("10"),
                                of("11"),
                                Optional.empty()));

        assertThat(found.findings())
                .anyMatch(finding ->
                        finding.code() == Code.NET && finding.outcome() == Outcome.REJECT);
    }

    @Test
    void whatIsDeclaredIsReadBackFromItsBytes() throws Canonical.Malformed {
        var totals = totals(of("10"), of("3650"), of("1000.5"), of("0"), of("500.5"));

        assertThat(MonitoredData.of(totals.content())).isEqualTo(totals);
        assertThat(totals.carriers()).containsExactly(Carrier.ELECTRICITY, Carrier.WASTE);
    }

    @Test
    void halfADeclarationIsNone() {
        assertThatThrownBy(() ->
                        totals(
                                of("1"),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        totals(
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
