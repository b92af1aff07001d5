package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Year;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// What a methodology makes of a claim's energy: one line for each vintage, oldest first.
public record Reduction(List<Line> lines) {

    /// The parts of one vintage, which sum to the whole to the last decimal: `gross + carriedIn =
    /// deduction + net + carriedOut`.
    ///
    /// @param gross emissions avoided, exact, in g
    /// @param carriedIn what the statement before left of this vintage: less than 1 g
    /// @param deduction for the meter's accuracy, rounded up to whole grams
    /// @param net what may be issued, rounded down to whole grams
    /// @param carriedOut what the rounding leaves for the next statement: less than 1 g
    public record Line(
            Year vintage,
            Energy energy,
            BigDecimal gross,
            BigDecimal carriedIn,
            Co2e deduction,
            Co2e net,
            BigDecimal carriedOut) {

        public Line {
            gross = exact(gross);
            carriedIn = remainder(carriedIn);
            carriedOut = remainder(carriedOut);
            var parts =
                    carriedOut
                            .add(BigDecimal.valueOf(deduction.grams()))
                            .add(BigDecimal.valueOf(net.grams()));
            if (gross.add(carriedIn).compareTo(parts) != 0) {
                throw new IllegalArgumentException("the parts do not sum to the whole");
            }
        }
    }

    public Reduction {
        lines = List.copyOf(lines);
        for (int i = 1; i < lines.size(); i++) {
            if (!lines.get(i - 1).vintage().isBefore(lines.get(i).vintage())) {
                throw new IllegalArgumentException("vintages stand once, oldest first");
            }
        }
    }

    public Energy energy() {
        return lines.stream().map(Line::energy).reduce(Energy.ZERO, Energy::plus);
    }

    public Co2e net() {
        return lines.stream().map(Line::net).reduce(Co2e.ZERO, Co2e::plus);
    }

    /// What the project's next statement takes as carried in, by vintage: a remainder never becomes
    /// another year's. A vintage that is not here keeps the remainder that it had.
    public Map<Year, BigDecimal> carriedOut() {
        var remainders = new TreeMap<Year, BigDecimal>();
        lines.forEach(line -> remainders.put(line.vintage(), line.carriedOut()));
        return remainders;
    }

    /// One form for one number, so that equal numbers are equal records.
    static BigDecimal exact(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    private static BigDecimal remainder(BigDecimal grams) {
        if (grams.signum() < 0 || grams.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("a remainder lies in [0 g, 1 g): " + grams);
        }
        return exact(grams);
    }
}
