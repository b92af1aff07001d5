package org.wattmark.verification;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Canonical.Malformed;

/// What a small firm says of a monitoring period in a few totals, and nobody has measured for us.
///
/// @param solarCapacityKilowatts rated power of the panels
/// @param annualGenerationKilowattHours what they made in the year; the period's part of it counts
/// @param baselineKilowattHours what was used in such a period before
/// @param projectKilowattHours what was used in this one; 0 is a saving of all of it
/// @param recycledKilograms mixed recyclables that went to recycling and not to landfill
public record DeclaredTotals(
        Reported reported,
        Optional<BigDecimal> solarCapacityKilowatts,
        Optional<BigDecimal> annualGenerationKilowattHours,
        Optional<BigDecimal> baselineKilowattHours,
        Optional<BigDecimal> projectKilowattHours,
        Optional<BigDecimal> recycledKilograms)
        implements MonitoredData {

    public DeclaredTotals {
        solarCapacityKilowatts =
                solarCapacityKilowatts.map(it -> DataBytes.positive("a capacity", it));
        annualGenerationKilowattHours =
                annualGenerationKilowattHours.map(it -> DataBytes.amount("a generation", it));
        baselineKilowattHours = baselineKilowattHours.map(it -> DataBytes.amount("a baseline", it));
        projectKilowattHours = projectKilowattHours.map(it -> DataBytes.amount("a use", it));
        recycledKilograms = recycledKilograms.map(it -> DataBytes.amount("a mass", it));
        if (solarCapacityKilowatts.isPresent() != annualGenerationKilowattHours.isPresent()) {
            throw new IllegalArgumentException("capacity and generation belong together");
        }
        if (baselineKilowattHours.isPresent() != projectKilowattHours.isPresent()) {
            throw new IllegalArgumentException("use before and use now belong together");
        }
        if (annualGenerationKilowattHours.isEmpty()
                && baselineKilowattHours.isEmpty()
                && recycledKilograms.isEmpty()) {
            throw new IllegalArgumentException("nothing is declared");
        }
    }

    @Override
    public MethodologyId methodology() {
        return DeclaredReduction.ID;
    }

    @Override
    public List<Carrier> carriers() {
        var carriers = new ArrayList<Carrier>();
        if (annualGenerationKilowattHours.isPresent() || baselineKilowattHours.isPresent()) {
            carriers.add(Carrier.ELECTRICITY);
        }
        if (recycledKilograms.isPresent()) {
            carriers.add(Carrier.WASTE);
        }
        return List.copyOf(carriers);
    }

    @Override
    public byte[] content() {
        var bytes = DataBytes.begin(this);
        DataBytes.writeOptional(bytes, solarCapacityKilowatts);
        DataBytes.writeOptional(bytes, annualGenerationKilowattHours);
        DataBytes.writeOptional(bytes, baselineKilowattHours);
        DataBytes.writeOptional(bytes, projectKilowattHours);
        DataBytes.writeOptional(bytes, recycledKilograms);
        return bytes.toByteArray();
    }

    static DeclaredTotals read(Reported reported, DataReader reader) throws Malformed {
        return new DeclaredTotals(
                reported,
                reader.optional(reader::decimal),
                reader.optional(reader::decimal),
                reader.optional(reader::decimal),
                reader.optional(reader::decimal),
                reader.optional(reader::decimal));
    }
}
