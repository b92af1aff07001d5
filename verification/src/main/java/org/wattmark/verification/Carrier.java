package org.wattmark.verification;

/// What is saved or diverted at a site. Two claims for one site, carrier and period overlap: the
/// lamps' savings are a part of the whole meter's.
public enum Carrier {
    ELECTRICITY,
    FUEL,
    WASTE
}
