package org.wattmark.verification;

import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Energy;

/// What the stored records say about a claim's devices and period, gathered for its checks.
///
/// @param region code of the grid's region, alpha-2 or alpha-3
/// @param zone of the site: vintages and months follow its civil days
/// @param energy metered and not rejected, by vintage: what is quantified
/// @param reserved what is allocated to the claim
/// @param meterClass the worst of the devices'
/// @param tier the lowest of the devices'
/// @param simulated whether any device is
/// @param wattsPeak of all devices together, in W
/// @param days what the detectors of cheated days say
/// @param declarations of all devices, as bonded
/// @param digest over the receipts of the reading batches, in order
public record Evidence(
        String region,
        ZoneId zone,
        List<VintageEnergy> energy,
        Energy reserved,
        MeterClass meterClass,
        AssuranceTier tier,
        boolean simulated,
        long wattsPeak,
        Intervals intervals,
        Days days,
        List<ExclusivityDeclaration> declarations,
        Sha256 digest) {

    /// Intervals of all series in the monitoring period, by count.
    ///
    /// @param expected what the period holds
    /// @param received of those, whatever came of them
    /// @param held of the received, those with a HOLD that nobody has resolved
    /// @param rejected of the received, those with a REJECT
    public record Intervals(long expected, long received, long held, long rejected) {

        public Intervals {
            if (held < 0 || rejected < 0 || held + rejected > received || received > expected) {
                throw new IllegalArgumentException("interval counts contradict each other");
            }
        }
    }

    /// Days of all devices, and what the detectors of cheated days say of them.
    ///
    /// @param total days of the monitoring period, times devices
    /// @param judged of those, the ones with readings that were looked at: all, or weeks drawn by
    ///   lot where they are many
    /// @param held of the judged, those that wait for a person: date and device, and what was found
    public record Days(long total, long judged, SortedMap<String, String> held) {

        /// Nothing generates, or nothing was sent.
        public static final Days NONE = new Days(0, 0, new TreeMap<>());

        public Days {
            held = Collections.unmodifiableSortedMap(new TreeMap<>(held));
            if (held.size() > judged || judged > total) {
                throw new IllegalArgumentException("day counts contradict each other");
            }
        }
    }

    public Evidence {
        energy = List.copyOf(energy);
        declarations = List.copyOf(declarations);
    }

    public Energy quantified() {
        return energy.stream().map(VintageEnergy::energy).reduce(Energy.ZERO, Energy::plus);
    }
}
