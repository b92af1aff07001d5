package org.wattmark.emissions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.emissions.ActivityFinding.Check.DUPLICATE;
import static org.wattmark.emissions.ActivityFinding.Check.GAP;
import static org.wattmark.emissions.ActivityFinding.Check.MONTH_TO_MONTH;
import static org.wattmark.emissions.ActivityFinding.Check.UNIT;
import static org.wattmark.emissions.ActivityFinding.Severity.HOLD;
import static org.wattmark.emissions.ActivityFinding.Severity.INFO;

import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wattmark.units.Energy;

class ActivityChecksTest {

    private static final BillPeriod YEAR = Firm.settings(2024, false).period();

    private static Firm months(String... amounts) {
        var firm = Firm.british();
        for (int i = 0; i < amounts.length; i++) {
            var month = YearMonth.of(2024, i + 1);
            firm.uses(
                    amounts[i],
                    "kWh",
                    "electricity",
                    month.atDay(1).toString(),
                    month.atEndOfMonth().toString());
        }
        return firm;
    }

    private static List<ActivityFinding> findings(Firm firm) {
        return ActivityChecks.of(firm.activities, YEAR);
    }

    @Test
    void findNothingInTwelveEvenMonths() {
        var firm =
                months(
                        "310", "290", "310", "300", "310", "300", "310", "310", "300", "310", "300",
                        "310");

        assertThat(findings(firm)).isEmpty();
    }

    @Test
    void noticeAChangeAbove20PercentAndHoldOneAbove40() {
        assertThat(findings(months("310", "348", "310")))
                .filteredOn(each -> each.check() != GAP)
                .isEmpty();
        assertThat(findings(months("310", "360")))
                .filteredOn(each -> each.check() == MONTH_TO_MONTH)
                .extracting(ActivityFinding::severity)
                .containsExactly(INFO);
        assertThat(findings(months("310", "420")))
                .filteredOn(each -> each.check() == MONTH_TO_MONTH)
                .extracting(ActivityFinding::severity)
                .containsExactly(HOLD);
    }

    @Test
    void askForTheUnitOfANumberAThousandTimesItsNeighbour() {
        var found = findings(months("7250", "7.1", "7190"));

        assertThat(found).filteredOn(each -> each.check() == UNIT).hasSize(2);
        assertThat(found)
                .filteredOn(each -> each.check() == UNIT)
                .first()
                .extracting(ActivityFinding::message)
                .asString()
                .contains("7.1 kWh for 2024-02-01 to 2024-02-29");
    }

    @Test
    void findADayThatIsBilledTwiceUnlessTheMetersDiffer() {
        var firm = months("310", "290").uses("5", "kWh", "electricity", "2024-02-29", "2024-03-31");

        assertThat(findings(firm)).anyMatch(each -> each.check() == DUPLICATE);
        assertThat(findings(months("310", "290"))).noneMatch(each -> each.check() == DUPLICATE);
    }

    @Test
    void findDaysThatNoBillIsFor() {
        var firm = months("310").uses("300", "kWh", "electricity", "2024-03-01", "2024-12-31");

        assertThat(findings(firm))
                .filteredOn(each -> each.check() == GAP)
                .extracting(ActivityFinding::message)
                .containsExactly(
                        "No bill for Grid electricity at Works 1 for the 29 days 2024-02-01 to"
                                + " 2024-02-29.");
    }

    @Test
    void letTripsComeAsTheyCome() {
        var firm =
                Firm.british()
                        .uses("100", "pkm", "rail", "2024-01-05", "2024-01-05")
                        .uses("900", "pkm", "rail", "2024-07-05", "2024-07-05");

        assertThat(findings(firm)).isEmpty();
    }

    @Test
    void compareABillWithWhatTheMeterCounted() {
        var bill = months("1000").activities.getFirst();

        assertThat(ActivityChecks.billAgainstMeter(bill, new Energy(1_030_000))).isEmpty();
        assertThat(ActivityChecks.billAgainstMeter(bill, new Energy(1_031_000)))
                .get()
                .extracting(ActivityFinding::severity)
                .isEqualTo(INFO);
        assertThat(ActivityChecks.billAgainstMeter(bill, new Energy(929_000)))
                .get()
                .extracting(ActivityFinding::severity)
                .isEqualTo(HOLD);
    }
}
