package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.ReportingSite;
import org.wattmark.units.Share;

/// What bills say, and the traps that they set.
class BillTableTest {

    private static final Library LIBRARY = Library.with(GridFactors.shipped());
    private static final ReportingSite WORKS = site(1, "Works");
    private static final ReportingSite OFFICE = site(2, "Office");

    private static ReportingSite site(long id, String name) {
        return new ReportingSite(
                new UUID(0, id),
                name,
                LIBRARY.grids().region("GB").orElseThrow(),
                Optional.empty(),
                true,
                true,
                Share.ofPercent(100));
    }

    private static BillTable.Bills read(String csv, BillOptions options) {
        var table =
                BillFile.read(
                        csv.getBytes(StandardCharsets.UTF_8), MediaType.parseMediaType("text/csv"));
        var bills =
                BillTable.read(
                        table.rows(), options, LIBRARY, new UUID(9, 9), List.of(WORKS, OFFICE));
        BillSuspicions.look(bills.rows(), List.of());
        return bills;
    }

    private static List<String> read(String csv) {
        return told(read(csv, BillOptions.NONE));
    }

    private static List<String> told(BillTable.Bills bills) {
        return bills.rows().stream()
                .map(row ->
                        row.isGood() && row.activity != null
                                ? row.activity.item()
                                        + " "
                                        + row.activity.quantity()
                                        + ", "
                                        + row.activity.period()
                                : row.faults.stream()
                                        .map(each -> each.column() + ": " + each.remedy())
                                        .collect(Collectors.joining("; ")))
                .toList();
    }

    private static BillOptions with(BillNumbers.Mark mark, BillDates.Order order) {
        return new BillOptions(null, null, null, mark, order, null, null, null, null);
    }

    @Test
    void readsARowAnActivity() {
        var told =
                read(
                        """
                        A utility's export
                        Site,Month,Item,Quantity,Unit
                        Works,2024-01,Electricity,7250.5,kWh
                        office,Feb 2024,gas,1.2,MWh
                        Works,03/2024,diesel,120,gallons (imperial)
                        """);

        assertThat(told)
                .containsExactly(
                        "electricity 7250.5 kWh, 2024-01-01 to 2024-01-31",
                        "natural-gas 1.2 MWh, 2024-02-01 to 2024-02-29",
                        "diesel 120 gallons (imperial), 2024-03-01 to 2024-03-31");
    }

    @Test
    void findsMegawattHoursThatAreCalledKilowattHours() {
        var told =
                read(
                        """
                        site,month,item,quantity,unit
                        Works,2024-01,electricity,7250,kWh
                        Works,2024-02,electricity,6.9,kWh
                        Works,2024-03,electricity,7100,kWh
                        """);

        assertThat(told.get(1)).contains("quantity:").contains("MWh instead of kWh");
        assertThat(told.get(0)).startsWith("electricity 7250");
        assertThat(told.get(2)).startsWith("electricity 7100");
    }

    @Test
    void findsAWholeColumnOfMegawattHours() {
        var told =
                read(
                        """
                        site,month,item,usage (kWh)
                        Works,2024-01,electricity,7.25
                        Works,2024-02,electricity,6.9
                        """);

        assertThat(told).allMatch(each -> each.contains("less than 0.5 kWh a day"));
    }

    @Test
    void takesUnusualQuantitiesThatAreConfirmed() {
        var told =
                read(
                        """
                        site,month,item,quantity,unit,confirmed
                        Works,2024-01,electricity,7250,kWh,
                        Works,2024-02,electricity,6.9,kWh,yes
                        """);

        assertThat(told).allMatch(each -> each.startsWith("electricity"));
    }

    @Test
    void readsDecimalCommasWhereTheColumnShowsThem() {
        var told =
                read(
                        """
                        site;month;item;quantity;unit
                        Works;2024-01;electricity;7.250,5;kWh
                        Works;2024-02;electricity;6.900;kWh
                        Works;2024-03;electricity;7100,25;kWh
                        """);

        assertThat(told)
                .containsExactly(
                        "electricity 7250.5 kWh, 2024-01-01 to 2024-01-31",
                        "electricity 6900 kWh, 2024-02-01 to 2024-02-29",
                        "electricity 7100.25 kWh, 2024-03-01 to 2024-03-31");
    }

    @Test
    void asksWhereACommaMayBeOfThousands() {
        var csv =
                """
                site;month;item;quantity;unit
                Works;2024-01;electricity;7,250;kWh
                """;

        assertThat(read(csv))
                .containsExactly("quantity: is 7250 or 7.250: say decimal=POINT or decimal=COMMA");
        assertThat(told(read(csv, with(BillNumbers.Mark.POINT, BillDates.Order.DMY))))
                .containsExactly("electricity 7250 kWh, 2024-01-01 to 2024-01-31");
    }

    @Test
    void refusesAColumnThatMixesBothMarks() {
        var told =
                read(
                        """
                        site;month;item;quantity;unit
                        Works;2024-01;electricity;7.250,5;kWh
                        Works;2024-02;electricity;6900.5;kWh
                        """);

        assertThat(told).allMatch(each -> each.contains("both decimal points and decimal commas"));
    }

    @Test
    void readsAmericanDatesWhereOneOfThemShowsIt() {
        var bills =
                read(
                        """
                        site,from,to,item,quantity,unit
                        Works,01/01/2024,01/31/2024,electricity,7250,kWh
                        Works,02/01/2024,02/29/2024,electricity,7000,kWh
                        """,
                        BillOptions.NONE);

        assertThat(told(bills))
                .containsExactly(
                        "electricity 7250 kWh, 2024-01-01 to 2024-01-31",
                        "electricity 7000 kWh, 2024-02-01 to 2024-02-29");
        assertThat(bills.understood()).contains("Dates are month/day/year.");
    }

    @Test
    void asksWhereNoDateShowsTheOrder() {
        var csv =
                """
                site,date,item,quantity,unit
                Works,03/04/2024,diesel,50,l
                """;

        assertThat(read(csv))
                .containsExactly("date: is 2024-04-03 or 2024-03-04: say dates=DMY or dates=MDY");
        assertThat(told(read(csv, with(BillNumbers.Mark.POINT, BillDates.Order.MDY))))
                .containsExactly("diesel 50 litres, 2024-03-04 to 2024-03-04");
    }

    @Test
    void refusesNegativeQuantities() {
        assertThat(
                        read(
                                """
                                site,month,item,quantity,unit
                                Works,2024-01,electricity,-7250,kWh
                                """))
                .allMatch(each -> each.contains("is negative, and a quantity is 0 or more"));
    }

    @Test
    void findsAMonthThatIsBilledTwiceUnlessTheMetersDiffer() {
        var told =
                read(
                        """
                        site,month,item,quantity,unit,meter
                        Works,2024-01,electricity,7250,kWh,
                        Works,2024-01,electricity,7250,kWh,
                        Works,2024-01,electricity,7250,kWh,M2
                        """);

        assertThat(told.get(0)).startsWith("electricity");
        assertThat(told.get(1)).contains("is billed twice: line 2 has 7250 kWh");
        assertThat(told.get(2)).startsWith("electricity");
    }

    @Test
    void saysForEachBadRowAllThatIsWrongWithIt() {
        var told =
                read(
                        """
                        site,month,item,quantity,unit
                        Moon,2024-13,plasma,many,gal
                        Works,2024-01,electricity,5,litres
                        """);

        assertThat(told.get(0))
                .contains("site: is no site of yours: write one of Works, Office")
                .contains("month: is no month")
                .contains("item: is nothing that is known")
                .contains("quantity: is no number")
                .contains("unit: “gal” may be meant in 2 ways");
        assertThat(told.get(1)).contains("unit: “Grid electricity” is counted in kWh");
    }

    @Test
    void givesTheFileBackWithAnErrorColumn() {
        var csv =
                """
                site,month,item,quantity,unit
                Works,2024-01,electricity,7250,kWh
                Works,2024-02,electricity,"-5",kWh
                =1+1,2024-03,electricity,7100,kWh
                """;
        var table =
                BillFile.read(
                        csv.getBytes(StandardCharsets.UTF_8), MediaType.parseMediaType("text/csv"));
        var bills = read(csv, BillOptions.NONE);

        var back =
                new String(BillFile.withErrors(table, bills, false), StandardCharsets.UTF_8)
                        .lines()
                        .toList();

        assertThat(back.get(0)).isEqualTo("site,month,item,quantity,unit,error");
        assertThat(back.get(1)).isEqualTo("Works,2024-01,electricity,7250,kWh,");
        assertThat(back.get(2))
                .startsWith("Works,2024-02,electricity,-5,kWh,\"quantity is negative");
        assertThat(back.get(3)).startsWith("'=1+1,2024-03");
    }

    @Test
    void givesAWorkbookBackWithAnErrorColumn() {
        var csv =
                """
                site,month,item,quantity,unit
                Works,2024-02,electricity,-5,kWh
                """;
        var table =
                BillFile.read(
                        csv.getBytes(StandardCharsets.UTF_8), MediaType.parseMediaType("text/csv"));

        var back =
                BillFile.read(
                        BillFile.withErrors(table, read(csv, BillOptions.NONE), true),
                        MediaType.parseMediaType(BillFile.XLSX));

        assertThat(back.rows().get(0).cells().getLast().text()).isEqualTo("error");
        assertThat(back.rows().get(1).cells().getLast().text()).startsWith("quantity is negative");
    }
}
