package org.wattmark.verification;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.wattmark.attributes.ClaimId;
import org.wattmark.units.Co2e;
import org.wattmark.units.Period;

/// What stands beside a claim on reported data, gathered for its checks.
///
/// @param zone of the site: vintages and months follow its civil days
/// @param region that the project is registered in, ISO 3166 alpha-3
/// @param methodology that the project is registered for
/// @param additionality what the project's design answers
/// @param before the project's earlier claims that stand, in the order of their periods
/// @param metered claims on metered series that stand for the project and overlap the period
public record ReportedEvidence(
        ZoneId zone,
        String region,
        MethodologyId methodology,
        Optional<Additionality> additionality,
        List<Earlier> before,
        List<ClaimId> metered) {

    /// A claim that stands.
    ///
    /// @param net what was found of it
    public record Earlier(ClaimId claim, Period period, Co2e net) {}

    public ReportedEvidence {
        before = List.copyOf(before);
        metered = List.copyOf(metered);
    }
}
