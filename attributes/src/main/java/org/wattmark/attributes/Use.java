package org.wattmark.attributes;

/// What an attribute backs. A reward is a payment and no use.
public enum Use {
    CARBON_CREDIT,
    GRANULAR_CERTIFICATE,
    /// A sale of energy together with its attribute.
    ENERGY_SALE
}
