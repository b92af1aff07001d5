package org.wattmark.registry;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.ledger.Asset;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// What one device generated in one hour: one serial for each watt-hour, from 1 on. Holdings are
/// quantities, and a serial is given only at retirement, the next free one, as of a credit block.
///
/// The fields are those of EnergyTag's Granular Certificate Scheme Standard: device, production
/// period of at most an hour, energy, energy source, location.
///
/// @param hour its start, UTC
/// @param region of the project's grid, ISO 3166 alpha-3
/// @param approval who let it pass
/// @param nextSerial the first that no retirement has taken
public record GranularCertificate(
        UUID id,
        UUID issuance,
        UUID project,
        DeviceId device,
        Instant hour,
        Energy energy,
        UnitClass unitClass,
        AssuranceTier tier,
        String region,
        Approval approval,
        long nextSerial) {

    /// All devices are: only sunlight is checked for plausibility.
    public static final String ENERGY_SOURCE = "SOLAR_PHOTOVOLTAIC";

    /// Who let it pass.
    public enum Approval {
        /// All checks were green, and it is only of class TEST.
        MACHINE,
        /// A person of the registry.
        OPERATOR
    }

    public GranularCertificate {
        if (energy.isZero() || !Hours.isStart(hour)) {
            throw new IllegalArgumentException("no certificate of " + energy + " at " + hour);
        }
    }

    /// One hour of an issuance has one certificate, so its id follows.
    public static UUID idOf(UUID issuance, Instant hour) {
        return Canonical.of("wattmark/granular-certificate-id/v1")
                .id(issuance)
                .instant(hour)
                .derivedId();
    }

    public Asset asset() {
        return unitClass == UnitClass.TEST ? Asset.testGranular(id) : Asset.granular(id);
    }

    public Period period() {
        return Hours.at(hour);
    }

    SerialRange next(Energy quantity) {
        return SerialRange.starting(nextSerial, quantity.wattHours());
    }

    GranularCertificate after(SerialRange taken) {
        return new GranularCertificate(
                id,
                issuance,
                project,
                device,
                hour,
                energy,
                unitClass,
                tier,
                region,
                approval,
                taken.last() + 1);
    }
}
