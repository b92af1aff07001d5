package org.wattmark.server.accounts;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.Year;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.Region;
import org.wattmark.metering.CsvTable;
import org.wattmark.metering.ReadingTable;
import org.wattmark.metering.TableRow;
import org.wattmark.server.accounts.MarketRates.Rate;

/// A CSV file of residual mixes and suppliers' rates.
sealed interface MarketRateFile {

    record Parsed(List<Rate> rates) implements MarketRateFile {}

    /// @param faults the first of them, by line
    record Refused(List<Fault> faults) implements MarketRateFile {}

    /// @param line of the file, the first being 1
    record Fault(long line, String remedy) {}

    List<String> COLUMNS =
            List.of("region", "year", "supplier", "grams_per_kilowatt_hour", "source", "url");

    int MOST_FAULTS = 20;
    int MOST_ROWS = 5_000;
    int LONGEST = 300;

    /// The dirtiest lignite plant stays below 2,000 g; more is another unit.
    BigDecimal MOST_GRAMS = BigDecimal.valueOf(2_000);

    /// Columns may stand in any order. Of a rate without a source nothing is taken.
    static MarketRateFile read(InputStream csv, GridFactors grids) throws IOException {
        var table = CsvTable.read(csv, Optional.empty());
        if (table.rows().isEmpty()) {
            return refused(1, "the file is empty");
        }
        var header =
                table.rows().getFirst().cells().stream()
                        .map(cell -> cell.text().strip().toLowerCase(Locale.ROOT))
                        .toList();
        var missing = COLUMNS.stream().filter(each -> !header.contains(each)).toList();
        if (!missing.isEmpty()) {
            return refused(1, "the header lacks " + String.join(", ", missing));
        }
        if (table.rows().size() > MOST_ROWS + 1) {
            return refused(MOST_ROWS + 1, "a file has at most " + MOST_ROWS + " rows");
        }
        return rates(table, header, grids);
    }

    private static MarketRateFile refused(long line, String remedy) {
        return new Refused(List.of(new Fault(line, remedy)));
    }

    private static MarketRateFile rates(
            ReadingTable.Rows table, List<String> header, GridFactors grids) {
        record Key(Region market, Year year, String supplier) {}
        var seen = new HashSet<Key>();
        var rates = new ArrayList<Rate>();
        var faults = new ArrayList<Fault>();
        for (var row : table.rows().subList(1, table.rows().size())) {
            if (row.isBlank() || faults.size() >= MOST_FAULTS) {
                continue;
            }
            try {
                var rate = rate(row, header, grids);
                var supplier = rate.supplier().toLowerCase(Locale.ROOT);
                if (!seen.add(new Key(rate.market(), rate.year(), supplier))) {
                    throw new IllegalArgumentException("this market, year and supplier came above");
                }
                rates.add(rate);
            } catch (IllegalArgumentException e) {
                faults.add(new Fault(row.line(), String.valueOf(e.getMessage())));
            }
        }
        table.fault().ifPresent(fault -> faults.add(new Fault(table.rows().size(), fault)));
        if (rates.isEmpty() && faults.isEmpty()) {
            return refused(1, "there is no row below the header");
        }
        return faults.isEmpty() ? new Parsed(rates) : new Refused(faults);
    }

    private static Rate rate(TableRow row, List<String> header, GridFactors grids) {
        var region = text(row, header, "region", true);
        var market =
                grids.region(region)
                        .filter(it -> it.extent() == Region.Extent.TERRITORY)
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        "region is no country that is known: " + region));
        var year = text(row, header, "year", true);
        if (!year.matches("(19[9]|20\\d)\\d|2100")) {
            throw new IllegalArgumentException("year is 1990 to 2100, not " + year);
        }
        return new Rate(
                market,
                Year.of(Integer.parseInt(year)),
                text(row, header, "supplier", false),
                grams(text(row, header, "grams_per_kilowatt_hour", true)),
                text(row, header, "source", true),
                text(row, header, "url", false));
    }

    private static String text(TableRow row, List<String> header, String column, boolean isNeeded) {
        var text = row.cell(header.indexOf(column)).text().strip();
        if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    column + " has at most " + LONGEST + " characters, none of control");
        }
        if (isNeeded && text.isEmpty()) {
            throw new IllegalArgumentException(column + " is empty");
        }
        return text;
    }

    private static BigDecimal grams(String text) {
        if (!text.matches("\\d{1,4}(\\.\\d{1,9})?")) {
            throw new IllegalArgumentException(
                    "grams_per_kilowatt_hour is a number with a decimal point, not " + text);
        }
        var grams = new BigDecimal(text);
        if (grams.compareTo(MOST_GRAMS) > 0) {
            throw new IllegalArgumentException(
                    "grams_per_kilowatt_hour is at most " + MOST_GRAMS + ": is " + text + " in g?");
        }
        return Instruments.canonical(grams);
    }
}
