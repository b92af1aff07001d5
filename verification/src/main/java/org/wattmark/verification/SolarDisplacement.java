package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Year;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.wattmark.emissions.EmissionFactor;
import org.wattmark.emissions.EmissionFactor.Kind;
import org.wattmark.metering.Channel;
import org.wattmark.units.Co2e;

/// "Wattmark solar displacement, AMS-I.F style", version 1: solar generation that displaces
/// electricity of the grid. `docs/methodologies/solar.md` has the rules, their sources and the
/// worked example.
///
/// `ER = EG × EF − PE − LE`. PE, the project's own emissions, is 0 for photovoltaics. LE, leakage,
/// is 0 because this version applies to equipment that was not moved from elsewhere.
public final class SolarDisplacement {

    public static final MethodologyId ID = new MethodologyId("solar-displacement", 1);

    /// What is credited: all generation, whether used on site or exported. Exports are a part of it
    /// and are not claimed beside it.
    public static final Channel CHANNEL = Channel.GENERATION;

    /// Combined margins as in AMS-I.F, and the average, which only ever lowers the result. The
    /// operating margin alone would overstate it and the build margin alone says nothing of today.
    static final Set<Kind> KINDS =
            Set.of(Kind.COMBINED_MARGIN_INTERMITTENT, Kind.COMBINED_MARGIN_FIRM, Kind.AVERAGE);

    private SolarDisplacement() {}

    /// Quantifies each vintage by itself, as each becomes a credit block of its own.
    ///
    /// @param carriedIn what the project's statement before left of each vintage, in g
    public static Reduction quantify(
            Collection<VintageEnergy> energy,
            EmissionFactor factor,
            MeterClass meterClass,
            Map<Year, BigDecimal> carriedIn) {
        if (!KINDS.contains(factor.kind())) {
            throw new IllegalArgumentException(ID + " does not credit by " + factor.id());
        }
        return new Reduction(
                energy.stream()
                        .sorted(Comparator.comparing(VintageEnergy::vintage))
                        .map(part ->
                                line(
                                        part,
                                        factor,
                                        meterClass,
                                        carriedIn.getOrDefault(part.vintage(), BigDecimal.ZERO)))
                        .toList());
    }

    /// The deduction rounds up, what is issued rounds down, and what neither takes is carried on. A
    /// deduction takes no more than the whole grams there are, so that nothing becomes negative.
    private static Reduction.Line line(
            VintageEnergy part,
            EmissionFactor factor,
            MeterClass meterClass,
            BigDecimal carriedIn) {
        var gross = factor.gramsFor(part.energy());
        var available = gross.add(carriedIn);
        var wanted = Co2e.ceiling(gross.multiply(meterClass.deduction().fraction()));
        var wholeGrams = Co2e.floor(available);
        var deduction = wanted.compareTo(wholeGrams) <= 0 ? wanted : wholeGrams;
        var net = wholeGrams.minus(deduction);
        var carriedOut = available.subtract(BigDecimal.valueOf(wholeGrams.grams()));
        return new Reduction.Line(
                part.vintage(), part.energy(), gross, carriedIn, deduction, net, carriedOut);
    }
}
