package org.wattmark.verification;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Share;

/// Lamps and motors that replaced less efficient ones, and how long they ran.
///
/// @param lines at least one
/// @param gridLosses what the grid loses on the way to the user, as a part of what it takes in;
///   [Share#NONE] where it is not claimed
/// @param gridFactor the id of the factor to use in place of the default
public record DeemedInstallations(
        Reported reported, List<Line> lines, Share gridLosses, Optional<String> gridFactor)
        implements MonitoredData {

    private static final int MOST_LINES = 1_000;
    private static final int MOST_UNITS = 1_000_000;
    private static final String LAMPS = "lamps";
    private static final String MOTORS = "motors";

    /// Equal units that replaced equal units.
    public sealed interface Line {

        /// What they are, such as `LED tubes, workshop`.
        String what();

        /// How many of them worked at the end of the monitoring period.
        long workingUnits();

        RunTime runTime();

        /// What one unit drew before, in W.
        BigDecimal baselineWatts();

        /// What one unit draws now, in W: rounded up where it has no end.
        BigDecimal projectWatts();

        /// What one unit would draw if the law's minimum had been fitted, in W, where there is one.
        Optional<BigDecimal> legalWatts();
    }

    /// @param legalWatts the most that the law lets a new lamp of this light draw
    public record Lamps(
            String what,
            long workingUnits,
            BigDecimal baselineWatts,
            BigDecimal projectWatts,
            Optional<BigDecimal> legalWatts,
            RunTime runTime)
            implements Line {

        public Lamps {
            requireLine(what, workingUnits);
            baselineWatts = DataBytes.positive("a lamp's power before", baselineWatts);
            projectWatts = DataBytes.positive("a lamp's power", projectWatts);
            legalWatts = legalWatts.map(watts -> DataBytes.positive("a legal power", watts));
            requireNoMore(projectWatts, baselineWatts);
        }
    }

    /// A motor's power is what it gives over its efficiency, after nameplate and load.
    ///
    /// @param ratedOutputWatts at the shaft
    /// @param load mean load over the period, as a part of the rated output
    /// @param legalEfficiency the least that the law lets a new motor of this size have
    public record Motors(
            String what,
            long workingUnits,
            BigDecimal ratedOutputWatts,
            BigDecimal load,
            BigDecimal baselineEfficiency,
            BigDecimal projectEfficiency,
            Optional<BigDecimal> legalEfficiency,
            RunTime runTime)
            implements Line {

        public Motors {
            requireLine(what, workingUnits);
            ratedOutputWatts = DataBytes.positive("a motor's rated output", ratedOutputWatts);
            load = DataBytes.part("a motor's load", load);
            baselineEfficiency = DataBytes.part("a motor's efficiency before", baselineEfficiency);
            projectEfficiency = DataBytes.part("a motor's efficiency", projectEfficiency);
            legalEfficiency = legalEfficiency.map(it -> DataBytes.part("a legal efficiency", it));
            requireNoMore(baselineEfficiency, projectEfficiency);
        }

        @Override
        public BigDecimal baselineWatts() {
            return Worksheet.quotient(output(), baselineEfficiency);
        }

        @Override
        public BigDecimal projectWatts() {
            return Worksheet.quotientUp(output(), projectEfficiency);
        }

        @Override
        public Optional<BigDecimal> legalWatts() {
            return legalEfficiency.map(legal -> Worksheet.quotient(output(), legal));
        }

        private BigDecimal output() {
            return ratedOutputWatts.multiply(load);
        }
    }

    /// Hours that one unit ran in the monitoring period.
    ///
    /// @param precision half the 90 % confidence interval of a sample, as a part of its mean
    public record RunTime(BigDecimal hours, Basis basis, Share precision) {

        public RunTime {
            hours = DataBytes.positive("hours", hours);
            if ((basis == Basis.SAMPLED) == precision.equals(Share.NONE)) {
                throw new IllegalArgumentException("a sample, and only a sample, has a precision");
            }
        }

        /// Every unit has a logger, or all hang on one that is logged.
        public static RunTime logged(String hours) {
            return new RunTime(new BigDecimal(hours), Basis.LOGGED, Share.NONE);
        }

        public enum Basis {
            LOGGED,
            SAMPLED,
            /// Nothing was measured: lamps count by a default that errs low.
            DEEMED
        }
    }

    public DeemedInstallations {
        if (lines.isEmpty() || lines.size() > MOST_LINES) {
            throw new IllegalArgumentException("a report has 1 to " + MOST_LINES + " lines");
        }
        if (gridLosses.fraction().compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("a grid that loses everything");
        }
        lines = List.copyOf(lines);
    }

    private static void requireLine(String what, long workingUnits) {
        DataBytes.words("what the units are", what, 100);
        if (workingUnits < 1 || workingUnits > MOST_UNITS) {
            throw new IllegalArgumentException(
                    "a line has 1 to " + MOST_UNITS + " working units, not " + workingUnits);
        }
    }

    private static void requireNoMore(BigDecimal small, BigDecimal large) {
        if (small.compareTo(large) > 0) {
            throw new IllegalArgumentException("what was fitted is less efficient than before");
        }
    }

    @Override
    public MethodologyId methodology() {
        return DeemedSavings.ID;
    }

    @Override
    public List<Carrier> carriers() {
        return List.of(Carrier.ELECTRICITY);
    }

    @Override
    public byte[] content() {
        var bytes = DataBytes.begin(this).number(lines.size());
        for (var line : lines) {
            switch (line) {
                case Lamps lamps -> write(bytes, lamps);
                case Motors motors -> write(bytes, motors);
            }
            bytes.decimal(line.runTime().hours())
                    .text(line.runTime().basis().name())
                    .number(line.runTime().precision().basisPoints());
        }
        bytes.number(gridLosses.basisPoints());
        DataBytes.writeOptionalText(bytes, gridFactor);
        return bytes.toByteArray();
    }

    private static void write(Canonical bytes, Lamps lamps) {
        bytes.text(LAMPS)
                .text(lamps.what)
                .number(lamps.workingUnits)
                .decimal(lamps.baselineWatts)
                .decimal(lamps.projectWatts);
        DataBytes.writeOptional(bytes, lamps.legalWatts);
    }

    private static void write(Canonical bytes, Motors motors) {
        bytes.text(MOTORS)
                .text(motors.what)
                .number(motors.workingUnits)
                .decimal(motors.ratedOutputWatts)
                .decimal(motors.load)
                .decimal(motors.baselineEfficiency)
                .decimal(motors.projectEfficiency);
        DataBytes.writeOptional(bytes, motors.legalEfficiency);
    }

    static DeemedInstallations read(Reported reported, DataReader reader) throws Malformed {
        return new DeemedInstallations(
                reported,
                reader.list(MOST_LINES, () -> line(reader)),
                reader.share(),
                reader.optional(reader::text));
    }

    private static Line line(DataReader reader) throws Malformed {
        var kind = reader.text();
        return switch (kind) {
            case LAMPS ->
                    new Lamps(
                            reader.text(),
                            reader.number(),
                            reader.decimal(),
                            reader.decimal(),
                            reader.optional(reader::decimal),
                            runTime(reader));
            case MOTORS ->
                    new Motors(
                            reader.text(),
                            reader.number(),
                            reader.decimal(),
                            reader.decimal(),
                            reader.decimal(),
                            reader.decimal(),
                            reader.optional(reader::decimal),
                            runTime(reader));
            default -> throw new Malformed("neither lamps nor motors: " + kind);
        };
    }

    private static RunTime runTime(DataReader reader) throws Malformed {
        return new RunTime(reader.decimal(), reader.named(RunTime.Basis.values()), reader.share());
    }
}
