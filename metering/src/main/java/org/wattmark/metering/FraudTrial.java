package org.wattmark.metering;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wattmark.metering.DeviceDaysFile.Row;

/// Measures the detectors on days of which somebody knows whether they are honest.
///
/// What else is known of a judged date never counts: the days of such files were made by changing
/// the very days of the history, and to look up the answer proves nothing.
public final class FraudTrial {

    private final List<DeviceDay> history;
    private final List<Row> rows;
    private final Map<Place, History> histories = new HashMap<>();
    private final Map<DatedPlace, History> datedHistories = new HashMap<>();

    private FraudTrial(List<Row> rows, List<DeviceDay> history) {
        this.rows = rows;
        this.history = history;
    }

    private record Place(String device, Site site, Installation installation) {}

    private record DatedPlace(Place place, LocalDate date) {}

    /// What the detectors said of one day.
    public record Judged(Row row, List<Finding> findings) {

        public boolean accused() {
            return FraudDetector.accused(findings);
        }
    }

    /// How many of some days were accused.
    public record Score(int accused, int days) {

        static Score of(List<Judged> days) {
            return new Score((int) days.stream().filter(Judged::accused).count(), days.size());
        }

        /// From 0 to 1; 0 of no days.
        public double share() {
            return days == 0 ? 0 : (double) accused / days;
        }
    }

    /// @param days in the order of the file
    public record Result(List<Judged> days) {

        public Score cheated() {
            return Score.of(days.stream().filter(day -> day.row().cheated()).toList());
        }

        public Score honest() {
            return Score.of(days.stream().filter(day -> !day.row().cheated()).toList());
        }

        /// Of the accused days, those that are cheated; 0 if none is accused.
        public double precision() {
            return precisionBeside(honest());
        }

        /// The precision of these cheated days among other honest ones: a type has none itself.
        public double precisionBeside(Score honest) {
            int accused = cheated().accused() + honest.accused();
            return accused == 0 ? 0 : (double) cheated().accused() / accused;
        }

        /// The mean of the types' recalls: no type outweighs another.
        public double meanRecall() {
            return byType().values().stream()
                    .map(Result::cheated)
                    .filter(score -> score.days() > 0)
                    .mapToDouble(Score::share)
                    .average()
                    .orElse(0);
        }

        public Map<String, Result> byType() {
            return by(day -> day.row().type());
        }

        public Map<String, Result> byDevice() {
            return by(day -> day.row().day().device());
        }

        private Map<String, Result> by(Function<Judged, String> key) {
            return days.stream()
                    .collect(
                            Collectors.groupingBy(
                                    key,
                                    TreeMap::new,
                                    Collectors.collectingAndThen(
                                            Collectors.toList(), Result::new)));
        }
    }

    /// @param history honest days of the devices; without any, the days of the file stand beside
    ///   each other, and those that no sun explains are left out
    public static Result of(List<Row> rows, List<DeviceDay> history) {
        return new FraudTrial(rows, history).judged();
    }

    private Result judged() {
        var judged = new ArrayList<Judged>();
        for (var row : rows) {
            var neighbours =
                    history.stream()
                            .filter(day -> !day.device().equals(row.day().device()))
                            .toList();
            judged.add(new Judged(row, FraudDetector.judge(row.day(), historyOf(row), neighbours)));
        }
        return new Result(judged);
    }

    private History historyOf(Row row) {
        var place = new Place(row.day().device(), row.site(), row.installation());
        return datedHistories.computeIfAbsent(
                new DatedPlace(place, row.day().date()),
                dated -> historyAt(dated.place()).at(dated.date()));
    }

    private History historyAt(Place place) {
        return histories.computeIfAbsent(
                place,
                _ -> {
                    var vouched =
                            history.stream()
                                    .filter(day -> day.device().equals(place.device()))
                                    .toList();
                    return vouched.isEmpty()
                            ? received(place)
                            : History.vouchedFor(place.site(), place.installation(), vouched);
                });
    }

    private History received(Place place) {
        var nothing = History.received(place.site(), place.installation(), List.of());
        var days =
                rows.stream()
                        .map(Row::day)
                        .filter(day -> day.device().equals(place.device()))
                        .filter(day ->
                                !FraudDetector.accused(
                                        FraudDetector.judge(day, nothing, List.of())))
                        .toList();
        return History.received(place.site(), place.installation(), days);
    }
}
