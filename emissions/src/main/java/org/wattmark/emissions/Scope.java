package org.wattmark.emissions;

/// Where an emission stands in an inventory (GHG Protocol Corporate Standard, chapter 4).
public enum Scope {
    /// What the firm itself burns or leaks.
    ONE,
    /// The making of the electricity and heat that it buys.
    TWO,
    /// What happens before and after it.
    THREE,
    /// CO₂ of biomass, which is reported apart and belongs to no scope.
    OUTSIDE
}
