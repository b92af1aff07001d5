package org.wattmark.server.accounts;

import java.util.Optional;
import java.util.stream.Stream;

/// What a quarterly declaration has fields for: which item of the library each is, and its unit.
///
/// A flight whose distance class nobody told counts as a domestic one, which has the highest factor
/// per kilometre of DESNZ's and EPA's averages: what is not known is not put at a lower figure.
public enum DeclaredQuantity {
    ELECTRICITY("electricity_kwh", "electricity", "kWh"),
    DIESEL("diesel_liters", "diesel", "litres"),
    PETROL("petrol_liters", "petrol", "litres"),
    NATURAL_GAS("natural_gas_m3", "natural-gas", "cubic metres"),
    FLIGHTS("flight_km", "flight-domestic", "passenger.km"),
    CARS("car_km", "car", "km"),
    WASTE("waste_kg", "waste-landfill", "kg"),
    RECYCLED_WASTE("recycled_waste_kg", "waste-recycling", "kg");

    private final String field;
    private final String item;
    private final String unit;

    DeclaredQuantity(String field, String item, String unit) {
        this.field = field;
        this.item = item;
        this.unit = unit;
    }

    /// The name on the wire.
    public String field() {
        return field;
    }

    String item() {
        return item;
    }

    String unit() {
        return unit;
    }

    public static Optional<DeclaredQuantity> of(String field) {
        return Stream.of(values()).filter(each -> each.field.equals(field)).findFirst();
    }
}
