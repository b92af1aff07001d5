package org.wattmark.metering;

/// Ways in which an owner cheats, as they were met in the field. Some break physics and are found
/// in the first batch; others are found only beside other days, other panels or the weather.
public enum Fraud {
    /// A third of peak power in the deep of the night.
    NIGHT,
    /// Twice the peak power while the sun shines.
    OVER_CAPACITY,
    /// Every reading times 1.8.
    SCALED,
    /// One day of each week stands for the others, watt-hour by watt-hour.
    REPLAY,
    /// The same, each reading changed by up to 2 %, so that no two days are equal.
    REPLAY_NOISE,
    /// Two fifths of peak power as long as the sun shines: a register that is stuck.
    FLAT,
    /// Every reading rounded up to a twentieth of peak power.
    ROUND,
    /// A curve by the book: there is never a cloud.
    CLEAR_SKY,
    /// The clock runs three hours ahead.
    CLOCK_SHIFT,
    /// The panel stands 45° further west than was declared.
    WRONG_PLACE,
    /// Another panel's readings, in proportion to peak power.
    COPY,
    /// A little more every day, up to a quarter more after ninety days.
    INFLATION
}
