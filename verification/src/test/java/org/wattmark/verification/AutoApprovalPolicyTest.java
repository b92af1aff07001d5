package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.ClaimId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.verification.AutoApproval.AutoApproved;
import org.wattmark.verification.AutoApproval.NeedsPerson;
import org.wattmark.verification.AutoApproval.Reason;
import org.wattmark.verification.AutoApprovalPolicy.Past;

class AutoApprovalPolicyTest {

    private static final byte[] SECRET = secret("a secret of the operator");
    private static final CheckReport GREEN = Given.green();
    private static final Co2e NET = new Co2e(2_649_038);

    /// Each limit is larger than the one before, so each can be met alone.
    private static final AutoApprovalPolicy POLICY = policy(UnitClass.LIVE, 12, 8, 4);

    private static final Instant RECENT = Instant.parse("2025-02-01T12:00:01Z");
    private static final Instant TOO_OLD = Instant.parse("2025-02-01T12:00:00Z");

    private static AutoApprovalPolicy policy(
            UnitClass unitClass, long perOwner, long perSite, long perDevice) {
        return new AutoApprovalPolicy(
                "small-solar",
                3,
                Set.of(unitClass),
                Co2e.ofTonnes(perOwner),
                Co2e.ofTonnes(perSite),
                Co2e.ofTonnes(perDevice),
                AutoApprovalPolicy.ONE_IN_TWENTY);
    }

    private static byte[] secret(String text) {
        return Canonical.sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aSmallGreenClaimPassesAndNamesThePolicy() {
        var decision = decide(undrawn(), List.of());

        assertThat(decision).isEqualTo(new AutoApproved(new VerifiedBy.Machine("small-solar", 3)));
    }

    @Test
    void limitsAreCumulativeForOwnerSiteAndDevice() {
        var other = Given.id(90);
        var otherDevice = new DeviceId(other);
        var tonnes = 9_000_000L;

        var sameOwner = past(RECENT, Given.OWNER, other, otherDevice, tonnes + 350_963);
        var sameSite = past(RECENT, other, Given.SITE, otherDevice, 5_350_963);
        var sameDevice = past(RECENT, other, other, Given.DEVICE, 1_350_963);

        assertThat(decide(undrawn(), List.of(sameOwner))).isEqualTo(refused(Reason.OWNER_LIMIT));
        assertThat(decide(undrawn(), List.of(sameSite))).isEqualTo(refused(Reason.SITE_LIMIT));
        assertThat(decide(undrawn(), List.of(sameDevice))).isEqualTo(refused(Reason.DEVICE_LIMIT));
    }

    @Test
    void aLimitMayBeReachedAndNotPassed() {
        var other = Given.id(90);

        var exactly = past(RECENT, other, other, Given.DEVICE, 1_350_962);

        assertThat(decide(undrawn(), List.of(exactly))).isInstanceOf(AutoApproved.class);
    }

    @Test
    void whatIsOlderThanTwelveMonthsDoesNotCount() {
        var old = past(TOO_OLD, Given.OWNER, Given.SITE, Given.DEVICE, 900_000_000);

        assertThat(decide(undrawn(), List.of(old))).isInstanceOf(AutoApproved.class);
    }

    @Test
    void aClaimSplitIntoManyIsStoppedAtTheSameLimit() {
        var past = new ArrayList<Past>();
        long approved = 0;

        for (int i = 0; i < 100; i++) {
            var part = new Co2e(100_000);
            var decision = POLICY.decide(undrawn(), GREEN, part, past, Given.NOW, SECRET);
            if (decision instanceof AutoApproved) {
                past.add(past(RECENT, Given.OWNER, Given.SITE, Given.DEVICE, part.grams()));
                approved += part.grams();
            }
        }

        assertThat(approved).isEqualTo(4_000_000);
    }

    @Test
    void aMethodologyLimitsWhatPassesAtASiteInTwelveMonthsAndHowWellItIsAttested() {
        var most = Methodologies.of(Reports.workedLamps()).mostWithoutPerson();
        var wide = policy(UnitClass.LIVE, 900, 900, 900);
        var before =
                past(
                        RECENT,
                        Given.id(90),
                        Given.SITE,
                        new DeviceId(Given.id(90)),
                        most.grams() - 1_000);

        assertThat(reported(wide, AssuranceTier.T1, 1_001, before))
                .isEqualTo(refused(Reason.METHODOLOGY_LIMIT));
        assertThat(reported(wide, AssuranceTier.T0, 1, before))
                .isEqualTo(refused(Reason.METHODOLOGY_LIMIT));
        assertThat(reported(wide, AssuranceTier.T1, 1_000, before))
                .isNotEqualTo(refused(Reason.METHODOLOGY_LIMIT));
    }

    private static AutoApproval reported(
            AutoApprovalPolicy policy, AssuranceTier tier, long grams, Past before) {
        var claim =
                new Claim(
                        new ClaimId(Given.id(10)),
                        Given.id(11),
                        Given.PROPONENT,
                        Given.PROPONENT_PERSON,
                        Given.OWNER,
                        Given.SITE,
                        List.of(),
                        Given.YEAR_2025,
                        tier,
                        UnitClass.LIVE,
                        Optional.empty(),
                        true,
                        Optional.of(Reports.workedLamps()));
        return policy.decide(claim, GREEN, new Co2e(grams), List.of(before), Given.NOW, SECRET);
    }

    @Test
    void aFindingOrAnotherClassNeedsAPerson() {
        var held = Given.assess(Given.claim(UnitClass.LIVE, Optional.of(Given.SOLAR_MARGIN)));
        var test = Given.claim(UnitClass.TEST, Optional.empty());

        var onFinding = POLICY.decide(undrawn(), held.report(), NET, List.of(), Given.NOW, SECRET);

        assertThat(onFinding).isEqualTo(refused(Reason.CHECKS_NOT_GREEN));
        assertThat(decide(test, List.of())).isEqualTo(refused(Reason.CLASS_NOT_COVERED));
    }

    @Test
    void theDemoPolicyApprovesTestAndNothingElse() {
        var test = Given.claim(UnitClass.TEST, Optional.empty());

        var demo = AutoApprovalPolicy.DEMO;

        assertThat(demo.decide(test, GREEN, NET, List.of(), Given.NOW, SECRET))
                .isEqualTo(new AutoApproved(new VerifiedBy.Machine("demo", 1)));
        assertThat(demo.decide(Given.claim(), GREEN, NET, List.of(), Given.NOW, SECRET))
                .isEqualTo(refused(Reason.CLASS_NOT_COVERED));
        assertThat(
                        AutoApprovalPolicy.NOTHING.decide(
                                test, GREEN, NET, List.of(), Given.NOW, SECRET))
                .isEqualTo(refused(Reason.CLASS_NOT_COVERED));
    }

    @Test
    void aPolicyForLiveUnitsAlwaysDraws() {
        var all = POLICY.perOwner();

        assertThatThrownBy(() ->
                        new AutoApprovalPolicy("lax", 1, Set.of(UnitClass.LIVE), all, all, all, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new AutoApprovalPolicy("lax", 1, Set.of(UnitClass.LIVE), all, all, all, 21))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /// 4,000 draws of 1 in 20 are 200 ± 14; five standard deviations are 130 to 270.
    @Test
    void aboutOneInTwentyIsDrawn() {
        long drawn = 0;
        for (int site = 0; site < 4_000; site++) {
            drawn += isDrawn(claimOf(Given.id(1_000 + site), Given.id(10)), SECRET) ? 1 : 0;
        }

        assertThat(drawn).isBetween(130L, 270L);
    }

    @Test
    void theLotHangsOnTheSecretAndNotOnTheClaimsId() {
        var drawnSite = drawnSite(SECRET);

        boolean again = isDrawn(claimOf(drawnSite, Given.id(77)), SECRET);
        long drawnUnderOthers = 0;
        for (int i = 0; i < 100; i++) {
            var claim = claimOf(drawnSite, Given.id(10));
            drawnUnderOthers += isDrawn(claim, secret("another " + i)) ? 1 : 0;
        }

        assertThat(again).isTrue();
        assertThat(drawnUnderOthers).isLessThan(30);
    }

    @Test
    void aShortSecretIsRefused() {
        assertThatThrownBy(() -> isDrawn(Given.claim(), new byte[31]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static boolean isDrawn(Claim claim, byte[] secret) {
        return POLICY.decide(claim, GREEN, NET, List.of(), Given.NOW, secret)
                .equals(refused(Reason.DRAWN_FOR_REVIEW));
    }

    private static UUID drawnSite(byte[] secret) {
        for (int site = 1_000; ; site++) {
            if (isDrawn(claimOf(Given.id(site), Given.id(10)), secret)) {
                return Given.id(site);
            }
        }
    }

    /// The worked claim: with this secret it is not among those drawn.
    private static Claim undrawn() {
        return Given.claim();
    }

    private static Claim claimOf(UUID site, UUID id) {
        var claim = Given.claim();
        return new Claim(
                new ClaimId(id),
                claim.project(),
                claim.proponent(),
                claim.submittedBy(),
                claim.beneficialOwner(),
                site,
                claim.series(),
                claim.monitoringPeriod(),
                claim.tier(),
                claim.unitClass(),
                claim.forcedFactor(),
                true);
    }

    private static AutoApproval decide(Claim claim, List<Past> past) {
        return POLICY.decide(claim, GREEN, NET, past, Given.NOW, SECRET);
    }

    private static NeedsPerson refused(Reason reason) {
        return new NeedsPerson(reason);
    }

    private static Past past(Instant at, UUID owner, UUID site, DeviceId device, long grams) {
        return new Past(at, owner, site, List.of(device), new Co2e(grams));
    }
}
