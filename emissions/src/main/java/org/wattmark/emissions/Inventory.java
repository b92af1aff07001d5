package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.emissions.InventoryLine.Method;
import org.wattmark.units.Co2e;

/// The greenhouse gas inventory of a firm's year (GHG Protocol Corporate Standard). Credits are not
/// in it: nothing that was bought or retired makes a scope smaller.
///
/// @param months exact grams by month, of all scopes, scope 2 location-based
/// @param questions activities that have no factor until somebody answers
/// @param unused instruments that could not be used, and why
public record Inventory(
        InventorySettings settings,
        List<InventoryLine> lines,
        Map<YearMonth, BigDecimal> months,
        List<Question> questions,
        List<UnusedInstrument> unused) {

    public Inventory {
        lines = List.copyOf(lines);
        questions = List.copyOf(questions);
        unused = List.copyOf(unused);
    }

    /// What counts nowhere yet.
    ///
    /// @param activity or the sold attribute, by its id
    public record Question(UUID activity, FactorChoice.Asked asked) {}

    /// What of an instrument covers nothing.
    public record UnusedInstrument(UUID instrument, BigDecimal kilowattHours, String why) {}

    /// Whether every activity of the year is counted.
    public boolean isComplete() {
        return questions.isEmpty();
    }

    /// A scope's emissions, rounded up once; scope 2 by this method.
    public Co2e total(Scope scope, Method scopeTwo) {
        return Co2e.ceiling(exact(scope, scopeTwo));
    }

    /// Scopes 1, 2 and 3, each rounded up: the parts make the whole.
    public Co2e total(Method scopeTwo) {
        return total(Scope.ONE, scopeTwo)
                .plus(total(Scope.TWO, scopeTwo))
                .plus(total(Scope.THREE, scopeTwo));
    }

    /// Grams before rounding.
    public BigDecimal exact(Scope scope, Method scopeTwo) {
        return lines.stream()
                .filter(line -> line.category().scope() == scope)
                .filter(line -> line.method() == Method.ANY || line.method() == scopeTwo)
                .map(InventoryLine::grams)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /// Grams of a category before rounding; scope 2 by this method.
    public BigDecimal exact(Category category, Method scopeTwo) {
        return lines.stream()
                .filter(line -> line.category() == category)
                .filter(line -> line.method() == Method.ANY || line.method() == scopeTwo)
                .map(InventoryLine::grams)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
