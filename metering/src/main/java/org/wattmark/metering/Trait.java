package org.wattmark.metering;

import org.wattmark.metering.Finding.Rule;

/// What is measured of a device's day, and how far beyond the device's own honest days it may lie.
///
/// A line reads: what a finding says, what is measured, which side gives a day away, the slack as a
/// share of the way from the middle of the device's own days to their edge, and the least slack in
/// the trait's unit; then perhaps the value below which no day is held, and the value for which a
/// day without a history is.
///
/// The limits are the same for all devices. They were set so that 907 real days of one plant with a
/// wrong clock, 104 of the same plant five years later, and coarser copies of both stay inside;
/// `docs/models/fraud.md` says what they find and what they leave.
enum Trait {
    NIGHT_LEVEL(Rule.STANDBY_CHANGED, "mean power by night, W per kWp", Side.BOTH, 1.5, 0.05),
    NIGHT_SPREAD(Rule.STANDBY_CHANGED, "spread of power by night, W per kWp", Side.BOTH, 1, 0.01),
    HALF_CLEAR(Rule.INFLATED, "clearness of the middle interval", Side.HIGH, 0.25, 0.04),
    QUARTER_CLEAR(Rule.INFLATED, "clearness that a quarter exceeds", Side.HIGH, 0.25, 0.04),
    TENTH_CLEAR(Rule.INFLATED, "clearness that a tenth exceeds", Side.HIGH, 0.25, 0.04),
    CLEAREST(Rule.INFLATED, "logarithm of the largest clearness", Side.HIGH, 0.8, 0.1),
    FIRST_LIGHT(Rule.CLOCK, "sun at the first power, degrees", Side.LOW, 0.15, 1.5),
    LAST_LIGHT(Rule.CLOCK, "sun at the last power, degrees", Side.LOW, 0.15, 1.5),
    LAG(Rule.CLOCK, "minutes behind the sun", Side.BOTH, 1, 20),
    STUCK(Rule.REPEATED, "longest run of one number", Side.HIGH, 0.3, 1.5, 4, 6),
    PAIRS(Rule.REPEATED, "intervals equal to the one before", Side.HIGH, 0.3, 1.5, 4, 8),
    STRAIGHT(Rule.REPEATED, "intervals on a straight line", Side.HIGH, 0.3, 1.5, 4, 8),
    GRID(Rule.DIGITS, "decimal logarithm of the grid, W", Side.HIGH, 0, 0.6),
    OFF_GRID(Rule.DIGITS, "share off the meter's grid", Side.HIGH, 0, 0.3),
    UNEVEN(Rule.DIGITS, "chi-square of the last digits", Side.HIGH, 1, 15, 45, Double.NaN),
    REPLAY(Rule.REPLAYED, "intervals in a row as on another day", Side.HIGH, 0.5, 1.5, 4, 10),
    MIRROR(Rule.REPLAYED, "intervals in a row as backwards", Side.HIGH, 0.5, 1.5, 4, 10),
    SCALED(Rule.REPLAYED, "intervals in a row in one ratio", Side.HIGH, 0.5, 3, 5, 10),
    ECHO(Rule.REPLAYED, "agreement of ups and downs, Fisher's z", Side.HIGH, 0.15, 0.2),
    LIKENESS(Rule.REPLAYED, "nearness to a multiple of another day", Side.HIGH, 0.25, 0.6),
    FORMULA(Rule.SYNTHETIC, "logarithm of the distance from a formula", Side.LOW, 0.3, 0.2),
    SMOOTH(Rule.SYNTHETIC, "logarithm of the fine structure", Side.LOW, 0.15, 0.3),
    FLUENCY(Rule.TEXTURE, "unrest of the day against its range", Side.LOW, 0.2, 0.02),
    JITTER(Rule.TEXTURE, "unrest in clear hours", Side.HIGH, 1, 0.05),
    ROUGH(Rule.TEXTURE, "unrest of the day", Side.HIGH, 0.5, 0.05),
    NEIGHBOUR_LEVEL(
            Rule.NEIGHBOURS,
            "logarithm of the ratio to a neighbour's energy",
            Side.HIGH,
            0.5,
            0.08),
    NEIGHBOUR_SHAPE(Rule.NEIGHBOURS, "agreement with a neighbour, Fisher's z", Side.LOW, 0.3, 0.1),
    COPY(Rule.COPIED, "intervals in a row in one ratio to it", Side.HIGH, 0.5, 2, 8, 20),
    STRANGENESS(Rule.UNUSUAL, "strangeness of the day as a whole", Side.HIGH, 0, 0.25);

    /// On which side of the honest days a day gives itself away.
    enum Side {
        LOW,
        HIGH,
        BOTH
    }

    private final Rule rule;
    private final String label;
    private final Side side;
    private final double slack;
    private final double least;
    private final double floor;
    private final double alone;

    Trait(Rule rule, String label, Side side, double slack, double least) {
        this(rule, label, side, slack, least, Double.NEGATIVE_INFINITY, Double.NaN);
    }

    /// @param slack beyond the own range, as a share of the way from its middle to its edge
    /// @param least beyond the own range, in the trait's unit
    /// @param floor what no day is held for, whatever the range
    /// @param alone what a day is held for without a range; `NaN`: never
    Trait(
            Rule rule,
            String label,
            Side side,
            double slack,
            double least,
            double floor,
            double alone) {
        this.rule = rule;
        this.label = label;
        this.side = side;
        this.slack = slack;
        this.least = least;
        this.floor = floor;
        this.alone = alone;
    }

    Rule rule() {
        return rule;
    }

    String label() {
        return label;
    }

    /// What a day without a history to compare with is held for; `NaN`: it never is.
    double alone() {
        return alone;
    }

    /// How far beyond the device's own days a value lies: 0 within them, 1 where an honest day may
    /// just lie.
    double strength(double value, OwnRange own) {
        if (value > own.most() && side != Side.LOW) {
            return value < floor ? 0 : (value - own.most()) / reach(own.most() - own.middle(), own);
        }
        if (value < own.fewest() && side != Side.HIGH) {
            return (own.fewest() - value) / reach(own.middle() - own.fewest(), own);
        }
        return 0;
    }

    private double reach(double toTheEdge, OwnRange own) {
        return Math.max(least, slack * own.caution() * toTheEdge);
    }
}
