package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.Year;
import java.util.List;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Co2e;
import org.wattmark.units.Share;

/// Organic waste that was kept from a landfill, since the project began: what was diverted in one
/// year would have given off methane in that year and in all after it.
///
/// @param deliveries of every year since the project began, by year; at least one
/// @param landfill where it would have gone
/// @param captured the part of the methane that the landfill catches, or must by law
/// @param treatment what is done with it instead
/// @param projectEmissions of treatment, for fuel, electricity and transport, in the period
public record DivertedWaste(
        Reported reported,
        List<Delivery> deliveries,
        Landfill landfill,
        Share captured,
        Treatment treatment,
        Co2e projectEmissions)
        implements MonitoredData {

    private static final int MOST_DELIVERIES = 1_000;

    /// Kinds of waste with their degradable organic carbon, as a part of wet waste, and how fast it
    /// decays, a year, by climate: IPCC 2006 Guidelines, volume 5, tables 2.4 and 3.3, defaults.
    public enum Waste {
        FOOD("0.15", "0.06", "0.185", "0.085", "0.4"),
        GARDEN("0.20", "0.05", "0.10", "0.065", "0.17"),
        PAPER("0.40", "0.04", "0.06", "0.045", "0.07"),
        TEXTILES("0.24", "0.04", "0.06", "0.045", "0.07"),
        WOOD("0.43", "0.02", "0.03", "0.025", "0.035");

        private final BigDecimal organicCarbon;
        private final BigDecimal temperateDry;
        private final BigDecimal temperateWet;
        private final BigDecimal tropicalDry;
        private final BigDecimal tropicalWet;

        Waste(
                String organicCarbon,
                String temperateDry,
                String temperateWet,
                String tropicalDry,
                String tropicalWet) {
            this.organicCarbon = new BigDecimal(organicCarbon);
            this.temperateDry = new BigDecimal(temperateDry);
            this.temperateWet = new BigDecimal(temperateWet);
            this.tropicalDry = new BigDecimal(tropicalDry);
            this.tropicalWet = new BigDecimal(tropicalWet);
        }

        BigDecimal organicCarbon() {
            return organicCarbon;
        }

        BigDecimal decayPerYear(Climate climate) {
            return switch (climate) {
                case TEMPERATE_DRY -> temperateDry;
                case TEMPERATE_WET -> temperateWet;
                case TROPICAL_DRY -> tropicalDry;
                case TROPICAL_WET -> tropicalWet;
            };
        }
    }

    /// Of the landfill (IPCC 2006, volume 5, table 3.3): mean yearly temperature below or above 20
    /// °C; dry where less rains than evaporates.
    public enum Climate {
        TEMPERATE_DRY,
        TEMPERATE_WET,
        TROPICAL_DRY,
        TROPICAL_WET;

        boolean isWet() {
            return this == TEMPERATE_WET || this == TROPICAL_WET;
        }
    }

    /// How a landfill is kept, with its methane correction factor and whether its cover oxidises
    /// methane (IPCC 2006, volume 5, tables 3.1 and 3.2).
    public enum Management {
        ANAEROBIC("1.0", true),
        SEMI_AEROBIC("0.5", true),
        DEEP_UNMANAGED("0.8", false),
        SHALLOW_UNMANAGED("0.4", false);

        private final BigDecimal correction;
        private final boolean covered;

        Management(String correction, boolean covered) {
            this.correction = new BigDecimal(correction);
            this.covered = covered;
        }

        BigDecimal correction() {
            return correction;
        }

        boolean isCovered() {
            return covered;
        }
    }

    public record Landfill(Management management, Climate climate) {}

    /// What is done with the waste, and what that emits of itself.
    public enum Treatment {
        /// Methane and nitrous oxide of the heap, by the CDM's TOOL13: 2 kg and 0.2 kg a tonne.
        COMPOSTING,
        /// Nothing by default: what leaks is measured and reported.
        ANAEROBIC_DIGESTION,
        /// Eaten or fed: nothing decays.
        USED_AS_FOOD_OR_FEED
    }

    /// @param ticket the weighbridge's own number with its operator's name in front
    /// @param year in which it was diverted
    public record Delivery(String ticket, Year year, Waste waste, BigDecimal kilograms) {

        public Delivery {
            DataBytes.words("a ticket", ticket, 100);
            kilograms = DataBytes.positive("a delivery in kg", kilograms);
            if (year.getValue() < 2000 || year.getValue() > 2199) {
                throw new IllegalArgumentException("not a year of our time: " + year);
            }
        }
    }

    public DivertedWaste {
        if (deliveries.isEmpty() || deliveries.size() > MOST_DELIVERIES) {
            throw new IllegalArgumentException(
                    "a report has 1 to " + MOST_DELIVERIES + " deliveries");
        }
        if (deliveries.stream().map(Delivery::ticket).distinct().count() != deliveries.size()) {
            throw new IllegalArgumentException("a ticket stands once");
        }
        for (int i = 1; i < deliveries.size(); i++) {
            if (deliveries.get(i).year().isBefore(deliveries.get(i - 1).year())) {
                throw new IllegalArgumentException("deliveries stand by year");
            }
        }
        deliveries = List.copyOf(deliveries);
    }

    @Override
    public MethodologyId methodology() {
        return OrganicWaste.ID;
    }

    /// Waste of one year earns in many, so it is the site's waste of the period that is used up.
    @Override
    public List<Carrier> carriers() {
        return List.of(Carrier.WASTE);
    }

    @Override
    public byte[] content() {
        var bytes = DataBytes.begin(this).number(deliveries.size());
        for (var delivery : deliveries) {
            bytes.text(delivery.ticket)
                    .number(delivery.year.getValue())
                    .text(delivery.waste.name())
                    .decimal(delivery.kilograms);
        }
        return bytes.text(landfill.management.name())
                .text(landfill.climate.name())
                .number(captured.basisPoints())
                .text(treatment.name())
                .co2e(projectEmissions)
                .toByteArray();
    }

    static DivertedWaste read(Reported reported, DataReader reader) throws Malformed {
        return new DivertedWaste(
                reported,
                reader.list(
                        MOST_DELIVERIES,
                        () ->
                                new Delivery(
                                        reader.text(),
                                        Year.of(reader.smallNumber()),
                                        reader.named(Waste.values()),
                                        reader.decimal())),
                new Landfill(reader.named(Management.values()), reader.named(Climate.values())),
                reader.share(),
                reader.named(Treatment.values()),
                reader.co2e());
    }
}
