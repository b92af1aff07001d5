package org.wattmark.emissions;

import java.math.BigDecimal;
import java.time.Year;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// Greenhouse gas emitted per unit of grid electricity, and the publication that says so.
///
/// @param gramsPerKilowattHour g/kWh as the source prints it, exact: 215.79, not 215.8
/// @param year the year that the source gives the number for
/// @param source the document, edition and table that the number was read from
public record EmissionFactor(
        Region region,
        Kind kind,
        BigDecimal gramsPerKilowattHour,
        Year year,
        Gases gases,
        Boundary boundary,
        Source source) {

    /// What the number is an average over. The margins are those of the CDM's TOOL07 and of the IFI
    /// harmonized factors, which weight them alike.
    public enum Kind {
        /// All generation of the year.
        AVERAGE("average"),
        /// OM: the plants that generate less when others generate more.
        OPERATING_MARGIN("om"),
        /// BM: the plants that would be built next.
        BUILD_MARGIN("bm"),
        /// 3/4 OM + 1/4 BM, for solar, wind and tide.
        COMBINED_MARGIN_INTERMITTENT("cm-intermittent"),
        /// 1/3 OM + 2/3 BM, for firm generation and for efficiency.
        COMBINED_MARGIN_FIRM("cm-firm");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /// The last part of a factor's id.
        public String code() {
            return code;
        }

        static Kind ofCode(String code) {
            for (var kind : values()) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("not a kind of factor: " + code);
        }
    }

    /// Which gases the grams are of: carbon dioxide alone, or others too, weighted by their GWP.
    public enum Gases {
        CO2,
        CO2E
    }

    /// What the number includes: the burning of fuel, or also the making of plant and fuel.
    public enum Boundary {
        OPERATING,
        LIFE_CYCLE
    }

    public EmissionFactor {
        if (gramsPerKilowattHour.signum() < 0) {
            throw new IllegalArgumentException("a factor is negative: " + gramsPerKilowattHour);
        }
    }

    /// `ifi-2021/GBR/cm-intermittent`: source, region, kind. It stands for one number for ever; a
    /// new edition is a new source.
    public String id() {
        return source.id() + "/" + region.code() + "/" + kind.code();
    }

    /// Emissions avoided by clean energy, rounded down: we never credit a gram not avoided.
    public Co2e avoidedBy(Energy energy) {
        return Co2e.floor(gramsFor(energy));
    }

    /// Emissions caused by consumption, rounded up: we never hide a gram emitted.
    public Co2e causedBy(Energy energy) {
        return Co2e.ceiling(gramsFor(energy));
    }

    /// Exact: no `MathContext`, so nothing is rounded before the caller says in which direction.
    public BigDecimal gramsFor(Energy energy) {
        return gramsPerKilowattHour.multiply(energy.kilowattHours());
    }
}
