package org.wattmark.registry;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.Year;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.attributes.ClaimId;
import org.wattmark.emissions.GridFactors;
import org.wattmark.ledger.AccountId;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.Additionality;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Evidence;
import org.wattmark.verification.MeterClass;
import org.wattmark.verification.Organisation;
import org.wattmark.verification.SolarDisplacement;
import org.wattmark.verification.UnitClass;
import org.wattmark.verification.VintageEnergy;

/// The worked claim, a British roof of 15 kWp that generated 12,400 kWh in 2025, and who has to do
/// with it.
final class Given {

    static final GridFactors FACTORS = GridFactors.shipped();
    static final String SOLAR_MARGIN = "ifi-2021/GBR/cm-intermittent";
    static final ZoneId LONDON = ZoneId.of("Europe/London");
    static final Period YEAR_2025 =
            new Period(
                    Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));

    static final Organisation PROPONENT = Organisation.uncontrolled(id(2));
    static final Organisation VERIFIER = Organisation.uncontrolled(id(4));
    static final UUID OWNER = id(5);
    static final UUID SITE = id(6);

    static final Actor PROPONENT_ACTS = new Actor(id(1), PROPONENT, Role.PROPONENT);
    static final Actor VERIFIER_ACTS = new Actor(id(3), VERIFIER, Role.VERIFIER);

    static final Actor VALIDATOR_ACTS = new Actor(id(7), VERIFIER, Role.VERIFIER);
    static final Actor REGISTRAR_ACTS =
            new Actor(id(8), Organisation.uncontrolled(id(9)), Role.OPERATOR);

    static final Project LIVE_PROJECT = project(id(11), UnitClass.LIVE);
    static final Project TEST_PROJECT = project(id(12), UnitClass.TEST);

    static final AccountId HOLDER = AccountId.holder(PROPONENT.id());
    static final AccountId TEST_HOLDER = AccountId.testHolder(PROPONENT.id());

    private Given() {}

    static UUID id(long number) {
        return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    private static Project project(UUID id, UnitClass unitClass) {
        return new Project(
                id,
                PROPONENT,
                "Fifteen roofs",
                "GBR",
                LONDON.getId(),
                SolarDisplacement.ID,
                unitClass);
    }

    static Project projectOf(UnitClass unitClass) {
        return unitClass == UnitClass.LIVE ? LIVE_PROJECT : TEST_PROJECT;
    }

    /// Of small roofs, for the seven years from 2020 on.
    static Design design(Project project) {
        var from2020 =
                new Period(
                        Instant.parse("2020-01-01T00:00:00Z"),
                        Instant.parse("2027-01-01T00:00:00Z"));
        return new Design(
                project.id(),
                1,
                Sha256.of(new byte[] {2}),
                "Fifteen roofs of small firms get panels.",
                "Bristol",
                SITE,
                from2020,
                true,
                "No other scheme, no support, no cap.",
                Optional.of(ADDITIONAL),
                PROPONENT_ACTS.person());
    }

    private static final Additionality ADDITIONAL =
            new Additionality(
                    true,
                    "Building regulations",
                    new Additionality.Listed(
                            Additionality.PositiveList.MICROSCALE_RENEWABLE,
                            new BigDecimal(15),
                            true));

    /// A claim of the year 2025 on the device of the same number.
    static Claim claim(long number, UnitClass unitClass) {
        return claim(number, number, unitClass, Optional.empty());
    }

    static Claim claim(
            long number, long device, UnitClass unitClass, Optional<String> forcedFactor) {
        return new Claim(
                new ClaimId(id(1_000 + number)),
                projectOf(unitClass).id(),
                PROPONENT,
                PROPONENT_ACTS.person(),
                OWNER,
                SITE,
                List.of(series(device)),
                YEAR_2025,
                AssuranceTier.T2,
                unitClass,
                forcedFactor,
                true);
    }

    static Claim.Series series(long device) {
        return new Claim.Series(new DeviceId(id(2_000 + device)), Channel.GENERATION);
    }

    static Evidence evidence() {
        return evidence(Energy.ofKilowattHours(12_400));
    }

    static Evidence evidence(Energy generated) {
        return new Evidence(
                "GB",
                LONDON,
                List.of(new VintageEnergy(Year.of(2025), generated)),
                generated,
                MeterClass.CLASS_1,
                AssuranceTier.T2,
                false,
                15_000,
                new Evidence.Intervals(35_040, 34_900, 3, 5),
                Evidence.Days.NONE,
                List.of(ExclusivityDeclaration.NOTHING_ELSE),
                Sha256.of(new byte[] {1}));
    }
}
