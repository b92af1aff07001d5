package org.wattmark.verification;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Share;

/// Heat that was made with another fuel than before.
///
/// @param usefulMegajoules heat that was delivered in the monitoring period
/// @param heatPrecision limit of error of how it was measured; [Share#NONE] where the seller's own
///   meter, by which it is paid, measured it
/// @param baseline what it would have been made with
/// @param project what it was made with
/// @param fuelsAnalysed whether laboratory or supplier certify the fuels' contents; else defaults
///   are used at the unfavourable ends of their ranges
/// @param legalEfficiency the least that the law lets a boiler like the old one have
public record HeatSupply(
        Reported reported,
        BigDecimal usefulMegajoules,
        Share heatPrecision,
        Fuel baseline,
        Fuel project,
        boolean fuelsAnalysed,
        Optional<BigDecimal> legalEfficiency)
        implements MonitoredData {

    /// @param factor id of its emission factor by energy
    /// @param efficiency of the boiler that burns it, as a part of what the factor counts: gross
    ///   with gross, net with net
    public record Fuel(String factor, BigDecimal efficiency) {

        public Fuel {
            DataBytes.words("a factor's id", factor, 200);
            efficiency = DataBytes.part("a boiler's efficiency", efficiency);
        }
    }

    public HeatSupply {
        usefulMegajoules = DataBytes.positive("useful heat", usefulMegajoules);
        legalEfficiency = legalEfficiency.map(it -> DataBytes.part("a legal efficiency", it));
    }

    @Override
    public MethodologyId methodology() {
        return FuelSwitch.ID;
    }

    @Override
    public List<Carrier> carriers() {
        return List.of(Carrier.FUEL);
    }

    @Override
    public byte[] content() {
        var bytes =
                DataBytes.begin(this).decimal(usefulMegajoules).number(heatPrecision.basisPoints());
        write(bytes, baseline);
        write(bytes, project);
        bytes.number(fuelsAnalysed ? 1 : 0);
        DataBytes.writeOptional(bytes, legalEfficiency);
        return bytes.toByteArray();
    }

    private static void write(Canonical bytes, Fuel fuel) {
        bytes.text(fuel.factor).decimal(fuel.efficiency);
    }

    static HeatSupply read(Reported reported, DataReader reader) throws Malformed {
        return new HeatSupply(
                reported,
                reader.decimal(),
                reader.share(),
                fuel(reader),
                fuel(reader),
                reader.yes(),
                reader.optional(reader::decimal));
    }

    private static Fuel fuel(DataReader reader) throws Malformed {
        return new Fuel(reader.text(), reader.decimal());
    }
}
