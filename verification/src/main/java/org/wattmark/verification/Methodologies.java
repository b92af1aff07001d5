package org.wattmark.verification;

import java.util.List;
import java.util.Optional;

/// The methodologies for reported data. Solar displacement, which takes metered intervals, is not
/// among them: see [SolarDisplacement].
public final class Methodologies {

    private static final List<Methodology> ALL =
            List.of(
                    new DeemedSavings(),
                    new WholeMeterSavings(),
                    new FuelSwitch(),
                    new LoggedSavings(),
                    new Recycling(),
                    new OrganicWaste(),
                    new DeclaredReduction());

    private Methodologies() {}

    /// In the order in which they are offered.
    public static List<Methodology> all() {
        return ALL;
    }

    public static Optional<Methodology> of(MethodologyId id) {
        return ALL.stream().filter(methodology -> methodology.id().equals(id)).findFirst();
    }

    /// The one that these data are reported for.
    public static Methodology of(MonitoredData data) {
        return of(data.methodology())
                .orElseThrow(() -> new AssertionError("data without rules: " + data.methodology()));
    }
}
