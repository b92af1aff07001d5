package org.wattmark.server.walk;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Device;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingsFile;
import org.wattmark.metering.Site;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.security.Role;
import org.wattmark.testing.ExternalData;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VerifiedBy;

/// From a meter's signed readings to a certificate that anyone verifies offline.
class ReadingToCertificateTest extends WalkTest {

    @Test
    void realMeasurementsBecomeACertificateAndNoHonestIntervalIsRejected() throws Exception {
        var file = ExternalData.file("pv/serf_east_15min_ac_power.csv");
        List<IntervalReading> readings;
        try (var in = Files.newInputStream(file)) {
            readings = ReadingsFile.read(in, Device.DEFAULT_INTERVAL).readings();
        }
        var golden = Site.of("America/Denver", "39.742", "-105.173", 1_830, "US");
        var household =
                new Household(
                        testClient(Role.PROPONENT),
                        golden,
                        new Installation(6_000, Mounting.FIXED),
                        true);
        var period =
                new Period(
                        Instant.parse("2016-07-01T06:00:00Z"),
                        Instant.parse("2016-10-14T06:00:00Z"));

        long rejected = household.send(readings);
        var statement = fromClaimToCertificate(household, period);

        assertThat(readings).hasSize(10_000);
        assertThat(rejected).isZero();
        assertThat(statement.region()).isEqualTo("USA");
        assertThat(statement.vintage().getValue()).isEqualTo(2016);
    }

    @Test
    void simulatedMeasurementsBecomeACertificateToo() throws Exception {
        var household = new Household(testClient(Role.PROPONENT), BRISTOL, ROOF, true);

        long rejected = household.send(household.simulatedReadings(JUNE));
        var statement = fromClaimToCertificate(household, JUNE);

        assertThat(rejected).isZero();
        assertThat(statement.unitClass()).isEqualTo(UnitClass.TEST);
        assertThat(statement.verifiedBy()).isEqualTo(new VerifiedBy.Machine("demo", 1));
    }

    /// Claims, issues and retires everything; returns what the certificate proves.
    private RetirementStatement fromClaimToCertificate(Household household, Period period)
            throws Exception {
        var claim = UUID.randomUUID();
        var submitted = household.client.created("/api/v1/claims", household.claim(claim, period));
        assertThat(submitted.path("claim").path("state").asString())
                .as(submitted.toPrettyString())
                .isEqualTo("APPROVED");
        var block = issue(household.client, claim);
        long credited = block.path("credited").path("grams").asLong();
        assertThat(block.path("issued").path("grams").asLong())
                .isEqualTo(credited + block.path("buffer").path("grams").asLong());
        var id = UUID.randomUUID();

        household.client.created("/api/v1/retirements", retirement(id, block, credited));

        var statement = certified(id);
        assertThat(statement.quantity()).isEqualTo(new Co2e(credited));
        assertThat(statement.beneficiary()).isEqualTo("A bakery");
        return statement;
    }

    @Test
    void whatCountsIsApprovedByAVerifierOfAnotherOrganisation() throws Exception {
        var household = new Household(liveClient(Role.PROPONENT), BRISTOL, ROOF, false);
        household.send(household.simulatedReadings(JUNE));
        var claim = UUID.randomUUID();
        var submitted = household.client.created("/api/v1/claims", household.claim(claim, JUNE));
        assertThat(submitted.path("claim").path("state").asString()).isEqualTo("NEEDS_REVIEW");
        var statement = submitted.path("claim").path("statement").asString();

        var verifier = verifiedAndApproved(household, claim, statement);
        var block = issue(household.client, claim);
        var id = UUID.randomUUID();
        household.client.created("/api/v1/retirements", retirement(id, block, 1_000));

        var certified = certified(id);
        assertThat(certified.unitClass()).isEqualTo(UnitClass.LIVE);
        assertThat(certified.verifiedBy()).isEqualTo(new VerifiedBy.Verifier(verifier));
        assertThat(Duration.between(JUNE.start(), certified.at())).isPositive();
    }
}
