package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.metering.Finding.Outcome.HOLD;
import static org.wattmark.metering.Finding.Outcome.INFO;
import static org.wattmark.metering.Finding.Outcome.REJECT;

import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.wattmark.emissions.CreditingChoice;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.CheckFinding.Check;
import org.wattmark.verification.Evidence.Intervals;

class ChecksTest {

    @Test
    void anHonestClaimIsGreenAndShowsBothFactors() {
        var assessment = Given.assess(Given.claim());

        assertThat(assessment.report().open()).isEmpty();
        assertThat(assessment.report().worst()).isEqualTo(INFO);
        assertThat(assessment.report().findings()).hasSize(12);
        assertThat(assessment.reduction().orElseThrow().net()).isEqualTo(new Co2e(2_649_038));
        assertThat(finding(assessment.report(), Check.FACTOR).inputs())
                .containsEntry("margin", "ifi-2021/GBR/cm-intermittent 320 g/kWh CO2 OPERATING")
                .containsEntry("average", "ember-2024/GBR/average 215.79 g/kWh CO2E LIFE_CYCLE");
        assertThat(finding(assessment.report(), Check.COMPLETENESS).inputs())
                .containsEntry("complete", "99.60 %");
    }

    @Test
    void tierT0IsNeverIssuedAndNoClaimRisesAboveItsEvidence() {
        assertTier(AssuranceTier.T0, AssuranceTier.T0, REJECT);
        assertTier(AssuranceTier.T1, AssuranceTier.T0, REJECT);
        assertTier(AssuranceTier.T0, AssuranceTier.T1, REJECT);
        assertTier(AssuranceTier.T2, AssuranceTier.T1, REJECT);
        assertTier(AssuranceTier.T1, AssuranceTier.T1, INFO);
        assertTier(AssuranceTier.T1, AssuranceTier.T3, INFO);
    }

    private static void assertTier(AssuranceTier claimed, AssuranceTier attested, Outcome outcome) {
        var claim = claim(Given.YEAR_2025, Channel.GENERATION, claimed, true);
        var evidence = evidence(attested, false, ExclusivityDeclaration.NOTHING_ELSE);

        var report = Given.assess(claim, evidence).report();

        assertThat(finding(report, Check.TIER).outcome()).isEqualTo(outcome);
        assertThat(report.worst()).isEqualTo(outcome);
    }

    @Test
    void simulatedDevicesClaimForTestOnly() {
        var evidence = evidence(AssuranceTier.T2, true, ExclusivityDeclaration.NOTHING_ELSE);
        var test = Given.claim(UnitClass.TEST, Optional.empty());

        assertThat(open(Given.claim(), evidence))
                .isEqualTo(Map.of(Check.SIMULATED_IS_TEST, REJECT));
        assertThat(open(test, evidence)).isEmpty();
        assertThat(open(test, Given.evidence())).isEmpty();
    }

    @Test
    void exclusivityIsDeclaredAndOtherSchemesNeedAPerson() {
        var undeclared = claim(Given.YEAR_2025, Channel.GENERATION, AssuranceTier.T2, false);
        var elsewhere = new ExclusivityDeclaration(List.of("GO"), List.of(), List.of(), false);
        var capped = new ExclusivityDeclaration(List.of(), List.of(), List.of(), true);
        var supported = new ExclusivityDeclaration(List.of(), List.of("FIT"), List.of(), false);

        assertThat(open(undeclared, Given.evidence())).isEqualTo(Map.of(Check.EXCLUSIVITY, REJECT));
        assertThat(open(Given.claim(), evidence(AssuranceTier.T2, false, elsewhere)))
                .isEqualTo(Map.of(Check.EXCLUSIVITY, HOLD));
        assertThat(open(Given.claim(), evidence(AssuranceTier.T2, false, capped)))
                .isEqualTo(Map.of(Check.EXCLUSIVITY, HOLD));
        assertThat(open(Given.claim(), evidence(AssuranceTier.T2, false, supported))).isEmpty();
    }

    @Test
    void thePeriodHasEndedAndIsNoLongerThanTwelveMonths() {
        assertPeriod("2025-02-01T12:00:00Z", "2026-02-01T12:00:00Z", INFO);
        assertPeriod("2025-02-01T12:00:01Z", "2026-02-01T12:00:01Z", REJECT); // ends after now
        assertPeriod("2024-01-01T00:00:00Z", "2025-01-01T00:00:00Z", INFO); // leap year
        assertPeriod("2024-01-01T00:00:00Z", "2025-01-01T00:15:00Z", REJECT);
    }

    private static void assertPeriod(String start, String end, Outcome outcome) {
        var period = new Period(Instant.parse(start), Instant.parse(end));
        var claim = claim(period, Channel.GENERATION, AssuranceTier.T2, true);

        var report = Given.assess(claim).report();

        assertThat(finding(report, Check.PERIOD).outcome()).as(start).isEqualTo(outcome);
    }

    @Test
    void exportsAreAPartOfGenerationAndNotClaimedBesideIt() {
        var exported = claim(Given.YEAR_2025, Channel.EXPORT, AssuranceTier.T2, true);

        assertThat(open(exported, Given.evidence())).isEqualTo(Map.of(Check.CHANNEL, REJECT));
    }

    @Test
    void moreThanFivePerCentUnresolvedNeedsAPerson() {
        assertUnresolved(new Intervals(1_000, 1_000, 25, 25), INFO);
        assertUnresolved(new Intervals(1_000, 1_000, 26, 25), HOLD);
        assertUnresolved(new Intervals(1_000, 0, 0, 0), INFO);
        assertUnresolved(new Intervals(1_000, 1, 1, 0), HOLD);
    }

    private static void assertUnresolved(Intervals intervals, Outcome outcome) {
        var evidence = evidence(12_400_000, 12_400_000, 15_000, intervals, "GB");

        var report = Given.assess(Given.claim(), evidence).report();

        assertThat(finding(report, Check.UNRESOLVED_FINDINGS).outcome()).isEqualTo(outcome);
    }

    @Test
    void moreThanFivePerCentOfTheDaysThatLookCheatedNeedAPerson() {
        assertCheated(20, 1, INFO);
        assertCheated(20, 2, HOLD);
        assertCheated(19, 1, HOLD);
        assertCheated(0, 0, INFO);
    }

    private static void assertCheated(int judged, int held, Outcome outcome) {
        var told = new TreeMap<String, String>();
        for (int day = 0; day < held; day++) {
            told.put("2025-07-0" + (day + 1), "REPLAYED");
        }

        var evidence = evidence(new Evidence.Days(365, judged, told));

        var finding = finding(Given.assess(Given.claim(), evidence).report(), Check.CHEATED_DAYS);
        assertThat(finding.outcome()).isEqualTo(outcome);
        assertThat(finding.inputs()).containsAllEntriesOf(told);
    }

    private static Evidence evidence(Evidence.Days days) {
        var evidence = Given.evidence();
        return new Evidence(
                evidence.region(),
                evidence.zone(),
                evidence.energy(),
                evidence.reserved(),
                evidence.meterClass(),
                evidence.tier(),
                evidence.simulated(),
                evidence.wattsPeak(),
                evidence.intervals(),
                days,
                evidence.declarations(),
                evidence.digest());
    }

    /// 1 kWp for 365 days: 15.939 h a day are 5,817,735 Wh, 26.88 h a day are 9,811,200 Wh.
    @Test
    void energyStaysWithinWhatTheDevicesCanMake() {
        assertCapacity(5_817_735, INFO);
        assertCapacity(5_817_736, HOLD);
        assertCapacity(9_811_200, HOLD);
        assertCapacity(9_811_201, REJECT);
        assertCapacity(1_000_000_000_000L, REJECT); // 1e9 kWh
    }

    private static void assertCapacity(long wattHours, Outcome outcome) {
        var evidence = evidence(wattHours, wattHours, 1_000, new Intervals(1, 1, 0, 0), "GB");

        var report = Given.assess(Given.claim(), evidence).report();

        assertThat(finding(report, Check.CAPACITY).outcome()).isEqualTo(outcome);
    }

    @Test
    void whatIsQuantifiedIsWhatIsReserved() {
        var more = evidence(12_400_000, 12_399_999, 15_000, new Intervals(1, 1, 0, 0), "GB");
        var less = evidence(12_400_000, 12_400_001, 15_000, new Intervals(1, 1, 0, 0), "GB");

        assertThat(open(Given.claim(), more)).isEqualTo(Map.of(Check.RESERVED, REJECT));
        assertThat(open(Given.claim(), less)).isEqualTo(Map.of(Check.RESERVED, REJECT));
    }

    @Test
    void anUnknownRegionIsRefusedAndNeverGetsAGlobalDefault() {
        var nowhere = evidence(12_400_000, 12_400_000, 15_000, new Intervals(1, 1, 0, 0), "ZZ");

        var assessment = Given.assess(Given.claim(), nowhere);

        assertThat(Assessment.choice(Given.claim(), nowhere, Given.FACTORS))
                .isEqualTo(new CreditingChoice.Refused(CreditingChoice.Reason.REGION_UNKNOWN));
        assertThat(assessment.reduction()).isEmpty();
        assertThat(finding(assessment.report(), Check.FACTOR).outcome()).isEqualTo(REJECT);
    }

    @Test
    void aForcedFactorThatCreditsMoreOrIsFromElsewhereNeedsAPerson() {
        assertForced("ember-2024/GBR/average", INFO);
        assertForced(Given.SOLAR_MARGIN, HOLD);
        assertForced("ember-2024/FRA/average", HOLD);
        assertForced("ifi-2021/GBR/om", REJECT);
        assertForced("ember-2024/world/average", REJECT);
        assertForced("no such factor", REJECT);
    }

    private static void assertForced(String factorId, Outcome outcome) {
        var claim = Given.claim(UnitClass.LIVE, Optional.of(factorId));

        var report = Given.assess(claim).report();

        assertThat(finding(report, Check.FACTOR).outcome()).as(factorId).isEqualTo(outcome);
    }

    @Test
    void aClaimOfNothingIsRefused() {
        var nothing = evidence(1, 1, 15_000, new Intervals(1, 1, 0, 0), "GB");

        assertThat(open(Given.claim(), nothing)).isEqualTo(Map.of(Check.NET, REJECT));
    }

    @Test
    void aFindingExplainsItself() {
        var finding = finding(Given.green(), Check.RESERVED);

        assertThat(finding.explanation())
                .isEqualTo(
                        "RESERVED INFO: reserved 12400000 Wh, quantified 12400000 Wh; threshold"
                                + " equal");
    }

    private static Map<Check, Outcome> open(Claim claim, Evidence evidence) {
        var open = new EnumMap<Check, Outcome>(Check.class);
        Given.assess(claim, evidence)
                .report()
                .open()
                .forEach(finding -> open.put(finding.check(), finding.outcome()));
        return open;
    }

    private static CheckFinding finding(CheckReport report, Check check) {
        return report.findings().stream()
                .filter(finding -> finding.check() == check)
                .findFirst()
                .orElseThrow();
    }

    private static Claim claim(
            Period period, Channel channel, AssuranceTier tier, boolean exclusivityDeclared) {
        var claim = Given.claim();
        return new Claim(
                claim.id(),
                claim.project(),
                claim.proponent(),
                claim.submittedBy(),
                claim.beneficialOwner(),
                claim.site(),
                List.of(new Claim.Series(Given.DEVICE, channel)),
                period,
                tier,
                UnitClass.LIVE,
                Optional.empty(),
                exclusivityDeclared);
    }

    private static Evidence evidence(
            AssuranceTier tier, boolean simulated, ExclusivityDeclaration declaration) {
        var evidence = Given.evidence();
        return new Evidence(
                evidence.region(),
                evidence.zone(),
                evidence.energy(),
                evidence.reserved(),
                evidence.meterClass(),
                tier,
                simulated,
                evidence.wattsPeak(),
                evidence.intervals(),
                evidence.days(),
                List.of(declaration),
                evidence.digest());
    }

    private static Evidence evidence(
            long quantified, long reserved, long wattsPeak, Intervals intervals, String region) {
        var evidence = Given.evidence();
        return new Evidence(
                region,
                ZoneId.of("UTC"),
                List.of(new VintageEnergy(Year.of(2025), new Energy(quantified))),
                new Energy(reserved),
                evidence.meterClass(),
                evidence.tier(),
                false,
                wattsPeak,
                intervals,
                evidence.days(),
                evidence.declarations(),
                evidence.digest());
    }
}
