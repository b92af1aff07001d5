package org.wattmark.emissions;

/// The name and version of a table of factors: what a statement says it took its factor from. A
/// table never changes under its version.
public record EmissionFactorSet(String name, int version) {

    public EmissionFactorSet {
        if (!name.matches("[a-z][a-z0-9-]{1,39}") || version < 1) {
            throw new IllegalArgumentException("not a factor set: " + name + "/" + version);
        }
    }

    /// `grid-factors/1`
    @Override
    public String toString() {
        return name + "/" + version;
    }
}
