package org.wattmark.emissions;

import java.time.LocalDate;
import java.time.Year;
import java.util.Optional;

/// What a firm decides about its inventories.
///
/// @param year the calendar year in which the reporting year begins
/// @param firstMonth 1 for a calendar year, 4 for one that begins on 1 April
/// @param upstream whether fuels and electricity also count in scope 3, category 3
/// @param baseYear the year that others are compared with
public record InventorySettings(
        Year year, int firstMonth, Boundary boundary, boolean upstream, Optional<Year> baseYear) {

    private static final int LAST_MONTH_OF_SAME_YEAR = 7;

    public InventorySettings {
        if (firstMonth < 1 || firstMonth > 12) {
            throw new IllegalArgumentException("no month has the number " + firstMonth);
        }
    }

    public BillPeriod period() {
        var start = LocalDate.of(year.getValue(), firstMonth, 1);
        return new BillPeriod(start, start.plusYears(1));
    }

    /// The calendar year that holds most of the reporting year's days, as DESNZ advises. A year
    /// from July has 184 days in its first calendar year, one from August has 153.
    public Year factorYear() {
        return firstMonth <= LAST_MONTH_OF_SAME_YEAR ? year : year.plusYears(1);
    }
}
