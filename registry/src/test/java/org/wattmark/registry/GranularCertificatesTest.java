package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.wattmark.registry.Given.TEST_HOLDER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.ClaimId;
import org.wattmark.attributes.Use;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.SetStanding;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.testing.Seeded;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.Claim;
import org.wattmark.verification.UnitClass;

/// The life of granular certificates, and that their hours back nothing else.
class GranularCertificatesTest {

    private static final Claim.Series SERIES =
            new Claim.Series(GivenHours.device(1), GranularIssuance.CHANNEL);

    @Test
    void anHourWithAWattHourBecomesACertificateAndAllItsEnergyIsHeld() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);

            var certificate = hours.issued(1);

            assertThat(certificate.energy()).isEqualTo(new Energy(300));
            assertThat(certificate.approval()).isEqualTo(GranularCertificate.Approval.MACHINE);
            assertThat(office.machines.ledger.balance(TEST_HOLDER, certificate.asset()))
                    .isEqualTo(300);
            assertThat(
                            office.journal.entries().stream()
                                    .filter(each -> each.fact() instanceof GranularIssued))
                    .hasSize(2); // the hour of 0 Wh has none
            var claimed = office.machines.claims.on(SERIES).claims().getFirst();
            assertThat(claimed.use()).isEqualTo(Use.GRANULAR_CERTIFICATE);
            assertThat(claimed.status()).isEqualTo(AllocationStatus.CONSUMED);
        }
    }

    @Test
    void anHourIsCertifiedOnceAndOnlyWhatIsFreeIsTakenTheSecondTime() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            var first = new Period(GivenHours.NOON, GivenHours.NOON.plus(Hours.ONE));
            hours.request(UnitClass.TEST, GivenHours.issuance(1), 1, List.of(first));

            var rest = hours.request(UnitClass.TEST, GivenHours.issuance(2), 1, THREE);
            var nothing = hours.request(UnitClass.TEST, GivenHours.issuance(3), 1, THREE);

            assertThat(rest).isInstanceOf(GranularRequesting.Requested.class);
            assertThat(office.machines.claims.on(SERIES).claims())
                    .extracting(each -> each.period())
                    .containsExactly(first, new Period(first.end(), GivenHours.THREE.end()));
            assertThat(reason(nothing)).isEqualTo(GranularRequesting.Reason.ALREADY_CLAIMED);
        }
    }

    private static final List<Period> THREE = List.of(GivenHours.THREE);

    @Test
    void anHourThatBacksCreditsBacksNoCertificateAndTheReverse() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            var claim = Given.claim(1, UnitClass.TEST);
            office.givenIssued(claim);
            var device = claim.series().getFirst().device();
            hours.request(UnitClass.TEST, 2);

            var certificate =
                    office.apply(
                            new RequestGranular(
                                    office.nextId(),
                                    Given.PROPONENT_ACTS,
                                    Given.TEST_PROJECT.id(),
                                    device,
                                    GivenHours.THREE,
                                    THREE,
                                    AssuranceTier.T2,
                                    true));
            var credits =
                    office.submit(
                            new Claim(
                                    new ClaimId(Given.id(44)),
                                    Given.TEST_PROJECT.id(),
                                    Given.PROPONENT,
                                    Given.PROPONENT_ACTS.person(),
                                    Given.OWNER,
                                    Given.SITE,
                                    List.of(
                                            new Claim.Series(
                                                    GivenHours.device(2),
                                                    GranularIssuance.CHANNEL)),
                                    Given.YEAR_2025,
                                    AssuranceTier.T2,
                                    UnitClass.TEST,
                                    Optional.empty(),
                                    true));

            assertThat(reason(certificate)).isEqualTo(GranularRequesting.Reason.ALREADY_CLAIMED);
            assertThat(credits).isInstanceOf(Submission.Refused.class);
            assertThat(((Submission.Refused) credits).reason())
                    .isEqualTo(Submission.Reason.ALREADY_CLAIMED);
        }
    }

    @Test
    void whatARejectionSetsFreeCanBeAskedForAgain() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            hours.request(UnitClass.LIVE, 1);

            var rejected = hours.decide(1, Given.REGISTRAR_ACTS, false);
            var again = hours.request(UnitClass.LIVE, GivenHours.issuance(2), 1, THREE);

            assertThat(rejected).isInstanceOf(GranularDecision.Rejected.class);
            assertThat(again).isInstanceOf(GranularRequesting.Requested.class);
        }
    }

    @Test
    void whatIsRealIsApprovedByAnOperatorOfAnotherOrganisation() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            hours.request(UnitClass.LIVE, 1);

            var machine = hours.decide(1, GivenHours.MACHINE, true);
            var proponent = hours.decide(1, Given.PROPONENT_ACTS, true);
            var operator = hours.decide(1, Given.REGISTRAR_ACTS, true);
            var twice = hours.decide(1, Given.REGISTRAR_ACTS, true);

            assertThat(machine).isEqualTo(denied(GranularDecision.Reason.ROLE_MAY_NOT));
            assertThat(proponent).isEqualTo(denied(GranularDecision.Reason.ROLE_MAY_NOT));
            assertThat(operator).isInstanceOf(GranularDecision.Issued.class);
            assertThat(twice).isEqualTo(denied(GranularDecision.Reason.ALREADY_DECIDED));
        }
    }

    @Test
    void whatNobodyAttestsToIsNeverCertified() {
        try (var office = Office.open()) {
            var selfDeclared =
                    new RequestGranular(
                            office.nextId(),
                            Given.PROPONENT_ACTS,
                            Given.TEST_PROJECT.id(),
                            GivenHours.device(1),
                            GivenHours.THREE,
                            THREE,
                            AssuranceTier.T0,
                            false);

            var outcome = office.apply(selfDeclared);

            assertThat(reason(outcome)).isEqualTo(GranularRequesting.Reason.TIER_TOO_LOW);
        }
    }

    @Test
    void aWattHourIsUsedOnceAndForTheHourInWhichItWasMade() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            var certificate = hours.issued(1);
            var later =
                    new Period(
                            certificate.period().end(),
                            certificate.period().end().plus(Duration.ofMinutes(30)));

            var first = hours.retire(TEST_HOLDER, certificate, 200);
            var anotherHour = hours.retire(TEST_HOLDER, certificate, 10, later);
            var tooMuch = hours.retire(TEST_HOLDER, certificate, 101);
            var rest = hours.retire(TEST_HOLDER, certificate, 100);

            assertThat(serials(first)).isEqualTo(new SerialRange(1, 200));
            assertThat(anotherHour).isEqualTo(refused(GranularRetiring.Reason.HOUR_DIFFERS));
            assertThat(tooMuch)
                    .isEqualTo(refused(GranularRetiring.Reason.QUANTITY_EXCEEDS_HOLDING));
            assertThat(serials(rest)).isEqualTo(new SerialRange(201, 300));
        }
    }

    @Test
    void nothingMovesForAnAccountThatIsSuspended() {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            var certificate = hours.issued(1);
            office.apply(new SetStanding(office.nextId(), TEST_HOLDER, Account.Standing.FROZEN));

            var retired = hours.retire(TEST_HOLDER, certificate, 1);
            var asked = hours.request(UnitClass.TEST, 2);

            assertThat(retired).isEqualTo(refused(GranularRetiring.Reason.HOLDER_FROZEN));
            assertThat(reason(asked)).isEqualTo(GranularRequesting.Reason.HOLDER_FROZEN);
        }
    }

    @Test
    void whatTheLogShowsOfARetirementIsReadWithItsWordsAlone() throws Exception {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);
            var outcome = hours.retire(TEST_HOLDER, hours.issued(1), 5);
            var retired = ((GranularRetiring.Retired) outcome).statement();
            var salt = new byte[32];
            var published = retired.published(salt);

            var read = GranularRetirement.ofPublished(published, "Example Ltd", "travel", salt);

            assertThat(read).isEqualTo(retired);
            assertThatExceptionOfType(Canonical.Malformed.class)
                    .isThrownBy(() ->
                            GranularRetirement.ofPublished(
                                    published, "Another Ltd", "travel", salt));
        }
    }

    /// Whatever is asked for and in whatever order, an hour of a device has one claim that lives.
    @Seeded
    void noHourIsEverTakenTwice(RandomGenerator random) {
        try (var office = Office.open()) {
            var hours = new GivenHours(office);

            for (int number = 1; number < 25; number++) {
                int from = random.nextInt(3);
                var start = GivenHours.NOON.plus(Hours.ONE.multipliedBy(from));
                var length = Hours.ONE.multipliedBy(1 + random.nextInt(3 - from));
                var run = List.of(Period.starting(start, length));
                var asked = hours.request(UnitClass.LIVE, GivenHours.issuance(number), 1, run);
                if (asked instanceof GranularRequesting.Requested && random.nextBoolean()) {
                    hours.decide(number, Given.REGISTRAR_ACTS, false);
                }

                var live =
                        office.machines.claims.on(SERIES).claims().stream()
                                .filter(each -> each.status().isLive())
                                .toList();
                for (int i = 1; i < live.size(); i++) {
                    assertThat(live.get(i).period().overlaps(live.get(i - 1).period())).isFalse();
                }
            }
        }
    }

    private static GranularRequesting.Reason reason(GranularRequesting outcome) {
        return ((GranularRequesting.Refused) outcome).reason();
    }

    private static GranularDecision denied(GranularDecision.Reason reason) {
        return new GranularDecision.Denied(reason);
    }

    private static GranularRetiring refused(GranularRetiring.Reason reason) {
        return new GranularRetiring.Refused(reason);
    }

    private static SerialRange serials(GranularRetiring outcome) {
        return ((GranularRetiring.Retired) outcome).statement().serials();
    }
}
