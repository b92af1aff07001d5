package org.wattmark.verification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.wattmark.verification.Reports.finding;
import static org.wattmark.verification.Reports.number;
import static org.wattmark.verification.Reports.quantify;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.LoggedActivity.Month;
import org.wattmark.verification.MethodologyFinding.Code;
import org.wattmark.verification.Quantification.Cause;

/// The worked example of `docs/methodologies/logged-savings.md`, and the rules around it.
class LoggedSavingsTest {

    private static final String DIESEL = "desnz-2025/1_101_1011_8";

    @Test
    void theWorkedVansComeToTheGram() {
        var quantified = quantify(vans());

        // 0.1 l/km × 60,000 km − 5,100 l = 900 l, of 2,570.82 g each.
        var line = quantified.reduction().orElseThrow().lines().getFirst();
        assertThat(line.gross()).isEqualByComparingTo("2313738");
        assertThat(quantified.taken(Cause.UNCERTAINTY)).isEqualByComparingTo("167056.3182645");
        assertThat(quantified.net()).isEqualTo(new Co2e(2_313_738 - 167_057));
        assertThat(quantified.open()).isEmpty();
    }

    @Test
    void monthsThatAreAllAlikeLeaveNothingUncertain() {
        var quantified = quantify(vans(months(2024, 12, "5000", "500"), after()));

        assertThat(quantified.taken(Cause.UNCERTAINTY)).isZero();
        assertThat(quantified.net()).isEqualTo(new Co2e(2_313_738));
    }

    @Test
    void aYearBeforeIsTheLeast() {
        var quantified = quantify(vans(months(2024, 11, "5000", "500"), after()));

        assertThat(finding(quantified, Code.DATA_SUFFICIENCY).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void aMonthOutsideThePeriodIsRefused() {
        var quantified = quantify(vans(before(), months(2026, 1, "5000", "400")));

        assertThat(finding(quantified, Code.DATA_SUFFICIENCY).outcome()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void electricityCountsByTheGridAndSaysWhatWasSaved() {
        var mill =
                new LoggedActivity(
                        vans().reported(),
                        "mill",
                        Carrier.ELECTRICITY,
                        "t",
                        "kWh",
                        months(2024, 12, "100", "5000"),
                        months(2025, 12, "100", "4500"),
                        Optional.empty(),
                        Optional.empty());

        var quantified = quantify(mill);

        assertThat(quantified.reduction().orElseThrow().energy())
                .isEqualTo(Energy.ofKilowattHours(6_000));
        assertThat(quantified.net()).isEqualTo(new Co2e(6_000 * 21_579 / 100));
    }

    @Test
    void theLawsMostUseIsTheBaselineWhereItIsLower() {
        var vans = vans();
        var capped =
                new LoggedActivity(
                        vans.reported(),
                        vans.what(),
                        vans.carrier(),
                        vans.activityUnit(),
                        vans.energyUnit(),
                        months(2024, 12, "5000", "500"),
                        after(),
                        Optional.of(number("0.09")),
                        vans.factor());

        var quantified = quantify(capped);

        // 0.09 l/km × 60,000 km − 5,100 l = 300 l.
        assertThat(quantified.net()).isEqualTo(new Co2e(771_246));
    }

    @Test
    void moreThanHalfAsMuchAgainIsForAPerson() {
        var quantified = quantify(vans(before(), months(2025, 12, "7501", "600")));

        assertThat(finding(quantified, Code.PLAUSIBLE).outcome()).isEqualTo(Outcome.HOLD);
    }

    @Test
    void litresMeetAFactorForLitresOnly() {
        var vans = vans();
        var wrong =
                new LoggedActivity(
                        vans.reported(),
                        vans.what(),
                        vans.carrier(),
                        vans.activityUnit(),
                        "gallons (US)",
                        vans.before(),
                        vans.after(),
                        Optional.empty(),
                        vans.factor());

        assertThat(quantify(wrong).worst()).isEqualTo(Outcome.REJECT);
    }

    @Test
    void aMonthStandsOnceAndInOrder() {
        var twice = new ArrayList<>(months(2024, 12, "5000", "500"));
        twice.add(twice.getLast());

        assertThatThrownBy(() -> vans(twice, after())).hasMessageContaining("once, in order");
        assertThatThrownBy(() -> vans(after(), before())).hasMessageContaining("before");
    }

    static LoggedActivity vans() {
        return vans(before(), after());
    }

    private static LoggedActivity vans(List<Month> before, List<Month> after) {
        return new LoggedActivity(
                Reports.reported(
                        "GBR", Document.Kind.LOGBOOK, Document.Kind.BILL, Document.Kind.INVOICE),
                "delivery vans",
                Carrier.FUEL,
                "km",
                "litres",
                before,
                after,
                Optional.empty(),
                Optional.of(DIESEL));
    }

    /// A year of 5,000 km a month with 490 and 510 litres in turn.
    private static List<Month> before() {
        var months = new ArrayList<Month>();
        for (int month = 1; month <= 12; month++) {
            months.add(month(2024, month, "5000", month % 2 == 0 ? "490" : "510"));
        }
        return months;
    }

    private static List<Month> after() {
        return months(2025, 12, "5000", "425");
    }

    private static List<Month> months(int year, int count, String activity, String used) {
        var months = new ArrayList<Month>();
        for (int month = 1; month <= count; month++) {
            months.add(month(year, month, activity, used));
        }
        return months;
    }

    private static Month month(int year, int month, String activity, String used) {
        return new Month(YearMonth.of(year, month), new BigDecimal(activity), new BigDecimal(used));
    }
}
