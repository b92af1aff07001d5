package org.wattmark.emissions;

/// What kind of thing a firm does that emits.
public enum ActivityKind {
    ELECTRICITY,
    HEAT,
    FUEL,
    REFRIGERANT,
    VEHICLE,
    TRAVEL,
    FREIGHT,
    WASTE,
    WATER,
    MATERIAL,
    HOMEWORKING,
    OTHER
}
