package org.wattmark.verification;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.wattmark.units.Share;
import org.wattmark.verification.DeemedInstallations.Lamps;
import org.wattmark.verification.DeemedInstallations.Motors;
import org.wattmark.verification.DeemedInstallations.RunTime;

/// Data for each methodology, with every field in use.
final class ReportsOfEveryKind {

    private ReportsOfEveryKind() {}

    static List<MonitoredData> all() {
        var building = SimulatedBuilding.of(new Random(1), 0.10, 0.05);
        return List.of(
                Reports.workedLamps(),
                lampsAndMotors(),
                building.daily(),
                building.monthly(),
                FuelSwitchTest.worked(
                        false, Share.ofPercent(2), Optional.of(Reports.number("0.82"))),
                LoggedSavingsTest.vans(),
                RecyclingTest.of(
                        "USA",
                        RecyclingTest.delivery("A-1", "Aluminum Cans", "250.5"),
                        RecyclingTest.delivery("A-2", "Corrugated Containers", "5000")),
                OrganicWasteTest.fed(
                        OrganicWasteTest.food("2024", "A-1"),
                        OrganicWasteTest.food("2025", "A-2")));
    }

    private static MonitoredData lampsAndMotors() {
        var sampled =
                new RunTime(Reports.number("1999.5"), RunTime.Basis.SAMPLED, Share.ofPercent(7));
        return Reports.lampsOf(
                Reports.lampsReported(),
                new Lamps(
                        "lamps",
                        7,
                        Reports.number("60"),
                        Reports.number("9.5"),
                        Optional.of(Reports.number("55")),
                        sampled),
                new Motors(
                        "fans",
                        3,
                        Reports.number("1100"),
                        Reports.number("0.7"),
                        Reports.number("0.75"),
                        Reports.number("0.82"),
                        Optional.of(Reports.number("0.77")),
                        RunTime.logged("3000")));
    }
}
