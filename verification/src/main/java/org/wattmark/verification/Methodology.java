package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Year;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;

/// Rules that turn reported data into a reduction. They never change under their version; each has
/// a page in `docs/methodologies` with formula, sources and a worked example.
public sealed interface Methodology
        permits DeemedSavings,
                WholeMeterSavings,
                FuelSwitch,
                LoggedSavings,
                Recycling,
                OrganicWaste,
                DeclaredReduction {

    MethodologyId id();

    /// For people.
    String title();

    /// Where its page stands, from the root of the project.
    String page();

    /// What it takes; anything else is refused.
    Class<? extends MonitoredData> takes();

    /// Regions that its figures hold for without a person's word, by code; empty for every
    /// territory whose factors are known.
    default Set<String> regions() {
        return Set.of();
    }

    /// The most that one claim may be approved for by a policy; 0 g where a person always decides.
    Co2e mostWithoutPerson();

    /// The least that the evidence must attest.
    default AssuranceTier minimumTier() {
        return AssuranceTier.T1;
    }

    /// Entries of positive lists by which its projects may be additional. Every project answers for
    /// its regulatory surplus; one on no list shows a barrier or compares costs.
    Set<Additionality.PositiveList> positiveLists();

    /// The same data, period, zone, remainders and factors give the same quantification, wherever
    /// and whenever it is made. What is wrong with the data is a finding, not an exception.
    ///
    /// @param zone of the site: vintages follow its civil years
    /// @param carriedIn what the project's statement before left of each vintage, in g
    Quantification quantify(
            MonitoredData data,
            Period period,
            ZoneId zone,
            Map<Year, BigDecimal> carriedIn,
            FactorLibraries factors);
}
