package org.wattmark.server.accounts;

import org.wattmark.emissions.ActivityFactors;
import org.wattmark.emissions.ActivityItems;
import org.wattmark.emissions.FactorSelection;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.InventoryMaker;

/// The factors, the items and what makes inventories of them: read once.
record Library(
        ActivityFactors factors,
        ActivityItems items,
        GridFactors grids,
        FactorSelection selection,
        InventoryMaker maker) {

    static Library with(GridFactors grids) {
        var factors = ActivityFactors.shipped();
        var items = ActivityItems.shipped(factors);
        var selection = new FactorSelection(factors, grids);
        return new Library(factors, items, grids, selection, new InventoryMaker(selection, items));
    }
}
