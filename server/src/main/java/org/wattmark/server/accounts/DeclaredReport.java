package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.wattmark.units.Co2e;

/// A declared quarter, what it emitted by the factors of its region and year, and what its checks
/// found.
///
/// @param emissions scopes 1 to 3, location-based, each rounded up once to a whole gram
/// @param region ISO 3166-1 alpha-3
public record DeclaredReport(
        UUID id,
        int year,
        int quarter,
        String region,
        Co2e emissions,
        List<Line> lines,
        List<Check> checks) {

    public DeclaredReport {
        lines = List.copyOf(lines);
        checks = List.copyOf(checks);
    }

    /// The points of the checks that passed, of 100.
    public int score() {
        return checks.stream()
                .filter(each -> each.outcome() == Outcome.PASSED)
                .mapToInt(Check::points)
                .sum();
    }

    /// Nothing speaks against it, and bills say the same.
    public boolean isVerified() {
        return checks.stream().allMatch(each -> each.outcome() == Outcome.PASSED);
    }

    /// Something speaks against it.
    public boolean isContradicted() {
        return checks.stream().anyMatch(each -> each.outcome() == Outcome.FAILED);
    }

    /// What came of a check.
    public enum Outcome {
        PASSED,
        FAILED,
        /// There was nothing to compare with.
        NOT_DONE
    }

    /// @param points what it counts for if it passes
    /// @param found with the values that it looked at
    /// @param threshold when it passes
    public record Check(String name, Outcome outcome, int points, String found, String threshold) {}

    /// A number of the report, and how it was computed.
    ///
    /// @param kilograms exact, before the scope is rounded up
    public record Line(
            String scope,
            String item,
            String formula,
            BigDecimal kilograms,
            String factor,
            String source,
            String url) {}
}
