package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Year;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Energy;

/// What a firm may show for electricity of a kind of its own choice (GHG Protocol Scope 2 Guidance,
/// chapter 6): it counts in the market-based total only.
///
/// @param market the region whose consumption it may be used for
/// @param vintage the year that the energy was made in
/// @param site the only site that it is for
/// @param origin what it is and where to find it: a registry's serials, a contract's number
/// @param verified whether Wattmark itself keeps it; else the firm declares it
public record ContractualInstrument(
        UUID id,
        Kind kind,
        Energy energy,
        BigDecimal gramsPerKilowattHour,
        Region market,
        Year vintage,
        Optional<UUID> site,
        String origin,
        boolean verified) {

    /// In the order in which they are used, which is the guidance's hierarchy.
    public enum Kind {
        CERTIFICATE,
        CONTRACT,
        SUPPLIER_RATE
    }

    public ContractualInstrument {
        if (gramsPerKilowattHour.signum() < 0) {
            throw new IllegalArgumentException("an instrument's rate is negative");
        }
    }
}
