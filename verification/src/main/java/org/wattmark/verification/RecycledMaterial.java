package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Share;

/// Material that was recycled and would have been landfilled or burned.
///
/// @param deliveries at least one
/// @param scalePrecision limit of error of the weighbridge
public record RecycledMaterial(Reported reported, List<Delivery> deliveries, Share scalePrecision)
        implements MonitoredData {

    private static final int MOST_DELIVERIES = 2_000;

    /// What would have become of it.
    public enum Baseline {
        LANDFILLING,
        COMBUSTION,
        /// The lower of the two, where nobody can tell.
        UNKNOWN
    }

    /// @param ticket the weighbridge's own number with its operator's name in front: it is claimed
    ///   once and never again
    /// @param date on which it was weighed in; its year is the vintage
    /// @param material by its name in WARM, such as `Corrugated Containers`
    /// @param kilograms as weighed
    /// @param rejected the part that was not recycled: dirt and wrong material
    public record Delivery(
            String ticket,
            LocalDate date,
            String material,
            BigDecimal kilograms,
            Share rejected,
            Baseline baseline) {

        public Delivery {
            DataBytes.words("a ticket", ticket, 100);
            DataBytes.day("a delivery", date);
            DataBytes.words("a material", material, 100);
            kilograms = DataBytes.positive("a delivery in kg", kilograms);
        }

        BigDecimal recycledKilograms() {
            return kilograms.multiply(BigDecimal.ONE.subtract(rejected.fraction()));
        }
    }

    public RecycledMaterial {
        if (deliveries.isEmpty() || deliveries.size() > MOST_DELIVERIES) {
            throw new IllegalArgumentException(
                    "a report has 1 to " + MOST_DELIVERIES + " deliveries");
        }
        if (deliveries.stream().map(Delivery::ticket).distinct().count() != deliveries.size()) {
            throw new IllegalArgumentException("a ticket stands once");
        }
        deliveries = List.copyOf(deliveries);
    }

    @Override
    public MethodologyId methodology() {
        return Recycling.ID;
    }

    /// Deliveries are claimed one by one, so a site may have several claims for one period.
    @Override
    public List<Carrier> carriers() {
        return List.of();
    }

    @Override
    public List<String> batches() {
        return deliveries.stream().map(Delivery::ticket).toList();
    }

    @Override
    public byte[] content() {
        var bytes = DataBytes.begin(this).number(deliveries.size());
        for (var delivery : deliveries) {
            bytes.text(delivery.ticket)
                    .number(delivery.date.toEpochDay())
                    .text(delivery.material)
                    .decimal(delivery.kilograms)
                    .number(delivery.rejected.basisPoints())
                    .text(delivery.baseline.name());
        }
        return bytes.number(scalePrecision.basisPoints()).toByteArray();
    }

    static RecycledMaterial read(Reported reported, DataReader reader) throws Malformed {
        return new RecycledMaterial(
                reported,
                reader.list(
                        MOST_DELIVERIES,
                        () ->
                                new Delivery(
                                        reader.text(),
                                        reader.date(),
                                        reader.text(),
                                        reader.decimal(),
                                        reader.share(),
                                        reader.named(Baseline.values()))),
                reader.share());
    }
}
