package org.wattmark.server.accounts;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// An inventory as it is told: over HTTP, and word for word in a report. Exact numbers are text.
///
/// @param complete whether every activity of the year has a factor
/// @param boundary which emissions are the firm's own
/// @param totals rounded up once for each scope
/// @param months exact grams of all scopes by month, scope 2 location-based
/// @param biggest the three sources that emit most
/// @param questions what to tell before the rest can be counted
/// @param baseYear the same totals of the year that others are compared with
/// @param retired credits that the firm retired in the year: apart, for they make no scope smaller
record InventoryView(
        String organisation,
        int year,
        String firstDay,
        String lastDay,
        String boundary,
        int factorYear,
        String factorSet,
        boolean complete,
        TotalsView totals,
        List<CategoryTotal> categories,
        List<MonthTotal> months,
        List<Biggest> biggest,
        List<LineView> lines,
        List<QuestionView> questions,
        List<ActivityImportEndpoints.ActivityFindingView> findings,
        List<Unused> unusedInstruments,
        @Nullable List<HourlyView> hourlyMatching,
        @Nullable BaseYear baseYear,
        List<RetiredView> retired,
        String retiredGrams,
        Disclosures disclosures) {

    /// Grams. The totals are the sums of the three scopes.
    record TotalsView(
            long scope1Grams,
            long scope2LocationBasedGrams,
            long scope2MarketBasedGrams,
            long scope3Grams,
            long totalLocationBasedGrams,
            long totalMarketBasedGrams,
            long outsideOfScopesGrams) {}

    /// @param number of scope 3's category, else 0
    /// @param exactGrams before rounding; scope 2 location-based
    record CategoryTotal(String scope, int number, String category, String exactGrams) {}

    record MonthTotal(String month, String exactGrams) {}

    record Biggest(String item, String site, String exactGrams) {}

    /// One number and how it was computed.
    ///
    /// @param method ANY, or which of the two totals of scope 2 it belongs to
    /// @param estimatedActivities how many of its activities nobody measured
    /// @param activityIds the first of its activities; `/inventories/{year}/lines/{n}/activities`
    ///   lists all
    record LineView(
            int number,
            String method,
            String scope,
            String category,
            @Nullable UUID site,
            String siteName,
            String item,
            String itemName,
            String quantity,
            String unit,
            String factor,
            String kilogramsPerUnit,
            String exactGrams,
            @Nullable GasesView gases,
            @Nullable String kilowattHours,
            int activities,
            int estimatedActivities,
            List<UUID> activityIds,
            ExplanationView explanation) {}

    /// kg CO₂e of each gas in the line, where the source tells them apart.
    record GasesView(String co2, String ch4, String n2o) {}

    record ExplanationView(
            String formula,
            String factorValue,
            String source,
            String url,
            String licence,
            List<String> because,
            String rounding) {}

    record QuestionView(UUID activity, String reason, String ask, List<String> candidates) {}

    record Unused(UUID instrument, String kilowattHours, String why) {}

    /// Retired granular certificates against what meters say was taken from the grid, in a market.
    ///
    /// @param consumed kWh, in hours that meters tell of
    /// @param retired kWh, in the firm's name
    /// @param matched kWh, in the hours in which they were used
    /// @param byTheYear kWh of hours of which no meter tells the consumption: they count by the
    ///   year
    /// @param beyond kWh of hours in which less was used: they count nowhere
    /// @param percent of what was consumed that is matched by the hour
    record HourlyView(
            String region,
            String consumed,
            String retired,
            String matched,
            String byTheYear,
            String beyond,
            String percent) {}

    record BaseYear(int year, TotalsView totals) {}

    record RetiredView(
            UUID retirement, long grams, Instant at, String beneficiary, String purpose) {}

    /// What EFRAG's VSME (basic module, B3) and the UK's SECR ask for.
    record Disclosures(List<RowView> vsmeB3, List<RowView> secr) {}

    /// @param value a number, or why there is none
    record RowView(String label, String value, String unit) {}
}
