package org.wattmark.server.house.planted.units;

/// Planted: amounts in floating point.
final class Fractions {

    static final Float[][] SHARES = {};

    private Fractions() {}
}
