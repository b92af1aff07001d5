package org.wattmark.metering;

/// What a series of readings of one device counts.
public enum Channel {
    /// Energy that the panels made.
    GENERATION(true),
    /// Energy given to the grid. It is a part of what was made, so the sun bounds it too.
    EXPORT(true),
    /// Energy taken from the grid. No sun bounds it.
    IMPORT(false);

    private final boolean boundedBySun;

    Channel(boolean boundedBySun) {
        this.boundedBySun = boundedBySun;
    }

    /// Whether the checks of night, clear sky, capacity and day apply.
    public boolean boundedBySun() {
        return boundedBySun;
    }
}
