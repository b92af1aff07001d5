package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.Year;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.emissions.ActivityUnits.Reading.Understood;
import org.wattmark.units.Share;

/// A firm whose bills are written as they are spoken: `52310 kWh of gas`.
final class Firm {

    static final ActivityFactors FACTORS = ActivityFactors.shipped();
    static final GridFactors GRIDS = GridFactors.shipped();
    static final ActivityItems ITEMS = ActivityItems.shipped(FACTORS);
    static final FactorSelection SELECTION = new FactorSelection(FACTORS, GRIDS);
    static final InventoryMaker MAKER = new InventoryMaker(SELECTION, ITEMS);
    static final Region UK = GRIDS.region("GB").orElseThrow();

    final List<Activity> activities = new ArrayList<>();
    final ReportingSite site;
    private int count;

    Firm(String region, String grid) {
        site = site(1, region, grid, 10_000);
    }

    static Firm british() {
        return new Firm("GB", "");
    }

    static ReportingSite site(long id, String region, String grid, int equity) {
        return new ReportingSite(
                new UUID(0, id),
                "Works " + id,
                GRIDS.region(region).orElseThrow(),
                Optional.of(grid).filter(code -> !code.isEmpty()),
                true,
                true,
                new Share(equity));
    }

    static ActivityUnit unit(String text) {
        if (ActivityUnits.read(text) instanceof Understood(var unit)) {
            return unit;
        }
        throw new AssertionError("no unit: " + text);
    }

    static ActivityItem item(String name) {
        return ITEMS.find(name).orElseThrow(() -> new AssertionError("no item: " + name));
    }

    Firm uses(String amount, String unit, String item) {
        return uses(amount, unit, item, "2024-01-01", "2024-12-31");
    }

    Firm uses(String amount, String unit, String item, String first, String last) {
        activities.add(bill(site, amount, unit, item, first, last));
        return this;
    }

    Activity bill(
            ReportingSite at, String amount, String unit, String item, String first, String last) {
        count++;
        return new Activity(
                new UUID(1, count),
                at,
                item(item),
                new Quantity(new BigDecimal(amount), unit(unit)),
                BillPeriod.ofDays(LocalDate.parse(first), LocalDate.parse(last)).orElseThrow(),
                Optional.empty(),
                Activity.Basis.MEASURED,
                "",
                Optional.empty(),
                Optional.empty());
    }

    static InventorySettings settings(int year, boolean upstream) {
        return new InventorySettings(
                Year.of(year), 1, Boundary.OPERATIONAL_CONTROL, upstream, Optional.empty());
    }

    Inventory inventory() {
        return inventory(InventoryMaker.Market.NONE);
    }

    Inventory inventory(InventoryMaker.Market market) {
        return MAKER.make(settings(2024, true), activities, market);
    }
}
