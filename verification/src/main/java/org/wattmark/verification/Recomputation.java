package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.GridFactors;

/// A statement's figures computed again from the stored energy and the named factor: they come to
/// the same gram, or it is said where they part.
public sealed interface Recomputation {

    record Same(Reduction reduction) implements Recomputation {}

    /// Every difference, in the order of the sum.
    record Differs(List<Difference> differences) implements Recomputation {

        public Differs {
            differences = List.copyOf(differences);
        }
    }

    /// @param what the figure that differs, such as `2026 net`
    /// @param stated as the statement has it
    /// @param found as it is now, or `none`
    record Difference(String what, String stated, String found) {}

    /// Of a statement on metered series.
    static Recomputation of(
            VerificationStatement statement,
            Collection<VintageEnergy> energy,
            GridFactors factors) {
        if (!statement.methodology().equals(SolarDisplacement.ID)) {
            return differs("methodology", statement.methodology(), SolarDisplacement.ID);
        }
        if (statement.factors().size() != 1 || statement.meterClass().isEmpty()) {
            return differs("factors", statement.factors().size(), "1, and a meter class");
        }
        return annual(
                statement,
                factors,
                factor ->
                        SolarDisplacement.quantify(
                                energy,
                                factor,
                                statement.meterClass().get(),
                                carriedInto(statement)));
    }

    /// Of a statement on metered series that was made by the hour.
    ///
    /// @param hourly the intervals, and the table that the statement names by its digest
    /// @param zone of the site: vintages follow its civil years
    static Recomputation ofHourly(
            VerificationStatement statement,
            HourlyEvidence hourly,
            ZoneId zone,
            GridFactors factors) {
        if (!statement.methodology().equals(HourlySolarDisplacement.ID)) {
            return differs("methodology", statement.methodology(), HourlySolarDisplacement.ID);
        }
        if (statement.factors().size() != 2 || statement.meterClass().isEmpty()) {
            return differs("factors", statement.factors().size(), "2, and a meter class");
        }
        var stated = statement.factors().get(1);
        var found = HourlySolarDisplacement.cited(hourly.table());
        if (!stated.isSameNumber(found)) {
            return differs("table of hours", stated, found);
        }
        return annual(
                statement,
                factors,
                factor ->
                        HourlySolarDisplacement.quantify(
                                        hourly.intervals(),
                                        hourly.table(),
                                        factor,
                                        statement.meterClass().get(),
                                        zone,
                                        carriedInto(statement))
                                .reduction());
    }

    private static Recomputation annual(
            VerificationStatement statement,
            GridFactors factors,
            Function<EmissionFactor, Reduction> quantify) {
        var used = statement.factors().getFirst();
        if (!used.library().equals(factors.set().toString())) {
            return differs("factor set", used.library(), factors.set());
        }
        var factor = factors.factor(used.id());
        if (factor.isEmpty()) {
            return differs("factor", used.id(), "none");
        }
        var value = factor.get().gramsPerKilowattHour();
        if (value.compareTo(used.value()) != 0) {
            return differs("factor in g/kWh", used.value().toPlainString(), value.toPlainString());
        }
        if (!SolarDisplacement.KINDS.contains(factor.get().kind())) {
            return differs("kind of factor", factor.get().kind(), SolarDisplacement.KINDS);
        }
        return compare(statement, quantify.apply(factor.get()));
    }

    /// Of a statement on reported data.
    ///
    /// @param zone of the site: vintages follow its civil years
    static Recomputation ofReported(
            VerificationStatement statement,
            MonitoredData data,
            ZoneId zone,
            FactorLibraries factors) {
        if (!statement.evidence().equals(data.sha256())) {
            return differs("evidence", statement.evidence(), data.sha256());
        }
        if (!statement.methodology().equals(data.methodology())) {
            return differs("methodology", statement.methodology(), data.methodology());
        }
        return ReportedRecomputation.of(
                statement.reduction(),
                statement.factors(),
                data,
                statement.monitoringPeriod(),
                zone,
                factors);
    }

    private static Map<Year, BigDecimal> carriedInto(VerificationStatement statement) {
        var carriedIn = new HashMap<Year, BigDecimal>();
        statement
                .reduction()
                .lines()
                .forEach(line -> carriedIn.put(line.vintage(), line.carriedIn()));
        return carriedIn;
    }

    private static Recomputation compare(VerificationStatement statement, Reduction found) {
        var differences = differences(byVintage(statement.reduction()), byVintage(found));
        return differences.isEmpty() ? new Same(found) : new Differs(differences);
    }

    private static Map<Year, Reduction.Line> byVintage(Reduction reduction) {
        var lines = new TreeMap<Year, Reduction.Line>();
        reduction.lines().forEach(line -> lines.put(line.vintage(), line));
        return lines;
    }

    private static List<Difference> differences(
            Map<Year, Reduction.Line> stated, Map<Year, Reduction.Line> found) {
        var differences = new ArrayList<Difference>();
        var years = new TreeSet<>(stated.keySet());
        years.addAll(found.keySet());
        for (var year : years) {
            var before = stated.get(year);
            var now = found.get(year);
            if (before == null || now == null) {
                differences.add(
                        new Difference(
                                year + " vintage",
                                before == null ? "none" : before.net().toString(),
                                now == null ? "none" : now.net().toString()));
                continue;
            }
            note(differences, year + " energy", before.energy(), now.energy());
            note(differences, year + " gross in g", before.gross(), now.gross());
            note(differences, year + " deduction", before.deduction(), now.deduction());
            note(differences, year + " net", before.net(), now.net());
            note(differences, year + " carried out in g", before.carriedOut(), now.carriedOut());
        }
        return differences;
    }

    private static void note(
            List<Difference> differences, String what, Object stated, Object found) {
        if (!stated.equals(found)) {
            differences.add(new Difference(what, stated.toString(), found.toString()));
        }
    }

    private static Differs differs(String what, Object stated, Object found) {
        return new Differs(List.of(new Difference(what, stated.toString(), found.toString())));
    }
}
