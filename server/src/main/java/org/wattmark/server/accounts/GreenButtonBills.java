package org.wattmark.server.accounts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.http.MediaType;
import org.wattmark.metering.GreenButton;
import org.wattmark.metering.GreenButtonFile;
import org.wattmark.metering.TableRow;

/// Makes of a Green Button file a table of bills: what the utility delivered, a row for each month
/// of each supply, months in UTC. What it received is the firm's own generation and no bill.
final class GreenButtonBills {

    static final String XML = "application/xml";
    static final String ATOM = "application/atom+xml";

    private static final BigDecimal WATT_SECONDS_PER_KILOWATT_HOUR = BigDecimal.valueOf(3_600_000);

    private static final int ELECTRICITY = 0;
    private static final int GAS = 1;

    private GreenButtonBills() {}

    static boolean isFor(MediaType type) {
        var name = type.getType() + "/" + type.getSubtype();
        return name.equals(XML) || name.equals(ATOM);
    }

    static BillFile.Table table(byte[] content) {
        try {
            return switch (GreenButtonFile.read(new ByteArrayInputStream(content))) {
                case GreenButtonFile.Contents.Refused(_, var explanation) ->
                        new BillFile.Table(
                                List.of(), Optional.of("The file is not taken: " + explanation));
                case GreenButtonFile.Contents.Read(var feed) -> table(feed);
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BillFile.Table table(GreenButton feed) {
        var rows = new ArrayList<TableRow>();
        rows.add(
                TableRow.ofTexts(
                        1,
                        List.of(
                                "item",
                                "quantity",
                                "unit",
                                "first day",
                                "last day",
                                "meter",
                                "estimated")));
        for (var point : feed.usagePoints()) {
            for (var reading : point.meterReadings()) {
                add(point, reading, rows);
            }
        }
        return rows.size() == 1
                ? new BillFile.Table(
                        List.of(),
                        Optional.of(
                                "It has no series of energy or volume that the utility delivered."))
                : new BillFile.Table(rows, Optional.empty());
    }

    /// What of a month a series tells.
    private static final class Month {

        BigDecimal amount = BigDecimal.ZERO;
        boolean isEstimated;
        LocalDate first = LocalDate.MAX;
        LocalDate last = LocalDate.MIN;
    }

    private static void add(
            GreenButton.UsagePoint point, GreenButton.MeterReading series, List<TableRow> rows) {
        var type = series.type();
        if (type.isEmpty()
                || type.get().flowDirection().orElse(GreenButton.DELIVERED)
                        != GreenButton.DELIVERED) {
            return;
        }
        var unit = unit(type.get());
        if (unit.isEmpty()) {
            return;
        }
        var months = new TreeMap<YearMonth, Month>();
        for (var reading : series.readings()) {
            amount(reading, type.get())
                    .ifPresent(amount -> {
                        var from = reading.period().start().atOffset(ZoneOffset.UTC).toLocalDate();
                        var to =
                                reading.period()
                                        .end()
                                        .minusSeconds(1)
                                        .atOffset(ZoneOffset.UTC)
                                        .toLocalDate();
                        var month = months.computeIfAbsent(YearMonth.from(from), _ -> new Month());
                        month.amount = month.amount.add(amount);
                        month.isEstimated |= reading.isEstimated();
                        month.first = from.isBefore(month.first) ? from : month.first;
                        month.last = to.isAfter(month.last) ? to : month.last;
                    });
        }
        var item = item(point, unit.get());
        months.values()
                .forEach(month ->
                        rows.add(
                                TableRow.ofTexts(
                                        rows.size() + 1L,
                                        List.of(
                                                item,
                                                month.amount.toPlainString(),
                                                unit.get(),
                                                month.first.toString(),
                                                month.last.toString(),
                                                shortened(series.id()),
                                                month.isEstimated ? "yes" : "no"))));
    }

    private static String shortened(String id) {
        return id.length() <= 100 ? id : id.substring(id.length() - 100);
    }

    private static String item(GreenButton.UsagePoint point, String unit) {
        int kind = point.serviceKind().orElse(unit.equals("kWh") ? ELECTRICITY : GAS);
        return switch (kind) {
            case ELECTRICITY -> "electricity";
            case GAS -> "natural-gas";
            default -> "water-supply";
        };
    }

    private static Optional<String> unit(GreenButton.ReadingType type) {
        return switch (type.uom().orElse(-1)) {
            case GreenButton.WATT_HOURS, GreenButton.WATTS -> Optional.of("kWh");
            case GreenButton.THERMS -> Optional.of("therm (US)");
            case GreenButton.CUBIC_FEET -> Optional.of("scf");
            case GreenButton.US_GALLONS -> Optional.of("gallons (US)");
            default -> Optional.empty();
        };
    }

    private static Optional<BigDecimal> amount(
            GreenButton.Reading reading, GreenButton.ReadingType type) {
        var wattSeconds = GreenButton.wattSecondsOf(reading, type);
        if (wattSeconds.isPresent()) {
            return Optional.of(
                    wattSeconds
                            .get()
                            .divide(
                                    WATT_SECONDS_PER_KILOWATT_HOUR,
                                    9,
                                    java.math.RoundingMode.CEILING));
        }
        return reading.value().isEmpty()
                ? Optional.empty()
                : Optional.of(
                        BigDecimal.valueOf(reading.value().getAsLong())
                                .scaleByPowerOfTen(type.powerOfTenMultiplier()));
    }
}
