package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Year;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.wattmark.units.Period;
import org.wattmark.verification.Recomputation.Difference;
import org.wattmark.verification.Recomputation.Differs;
import org.wattmark.verification.Recomputation.Same;

/// A statement on reported data computed again, from the bytes of the data and the factors that it
/// names: it comes to the same gram, or it is said where they part. Neither locale nor time zone
/// nor what the default factor is by now has a say.
public final class ReportedRecomputation {

    private ReportedRecomputation() {}

    /// @param stated the figures of the statement; what they carried in is carried in again
    /// @param cited the factors that the statement names
    /// @param zone of the site
    public static Recomputation of(
            Reduction stated,
            List<CitedFactor> cited,
            MonitoredData data,
            Period period,
            ZoneId zone,
            FactorLibraries factors) {
        var carriedIn = new HashMap<Year, BigDecimal>();
        stated.lines().forEach(line -> carriedIn.put(line.vintage(), line.carriedIn()));
        var found =
                Methodologies.of(data)
                        .quantify(data, period, zone, carriedIn, factors.asCited(cited));
        var differences = new ArrayList<Difference>();
        compareFactors(differences, cited, found.factors());
        if (found.reduction().isEmpty()) {
            note(differences, "reduction", stated.net(), "none: " + found.open());
            return new Differs(differences);
        }
        compare(differences, stated, found.reduction().get());
        return differences.isEmpty() ? new Same(found.reduction().get()) : new Differs(differences);
    }

    private static void compareFactors(
            List<Difference> differences, List<CitedFactor> stated, List<CitedFactor> found) {
        var before = byRole(stated);
        var now = byRole(found);
        var roles = new TreeSet<>(before.keySet());
        roles.addAll(now.keySet());
        for (var role : roles) {
            var one = before.get(role);
            var other = now.get(role);
            if (one == null || other == null || !one.isSameNumber(other)) {
                differences.add(
                        new Difference(
                                "factor " + role,
                                one == null ? "none" : one.toString(),
                                other == null ? "none" : other.toString()));
            }
        }
    }

    private static Map<String, CitedFactor> byRole(List<CitedFactor> factors) {
        var roles = new TreeMap<String, CitedFactor>();
        factors.forEach(factor -> roles.put(factor.role(), factor));
        return roles;
    }

    private static void compare(List<Difference> differences, Reduction stated, Reduction found) {
        var before = byVintage(stated);
        var now = byVintage(found);
        var years = new TreeSet<>(before.keySet());
        years.addAll(now.keySet());
        for (var year : years) {
            var one = before.get(year);
            var other = now.get(year);
            if (one == null || other == null) {
                note(
                        differences,
                        year + " vintage",
                        one == null ? "none" : one.net(),
                        other == null ? "none" : other.net());
                continue;
            }
            note(differences, year + " energy", one.energy(), other.energy());
            note(differences, year + " gross in g", one.gross(), other.gross());
            note(differences, year + " deduction", one.deduction(), other.deduction());
            note(differences, year + " net", one.net(), other.net());
            note(differences, year + " carried out in g", one.carriedOut(), other.carriedOut());
        }
    }

    private static Map<Year, Reduction.Line> byVintage(Reduction reduction) {
        var lines = new TreeMap<Year, Reduction.Line>();
        reduction.lines().forEach(line -> lines.put(line.vintage(), line));
        return lines;
    }

    private static void note(
            List<Difference> differences, String what, Object stated, Object found) {
        if (!stated.equals(found)) {
            differences.add(new Difference(what, stated.toString(), found.toString()));
        }
    }
}
