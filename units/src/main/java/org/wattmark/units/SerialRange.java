package org.wattmark.units;

/// Consecutive serials of one credit block, one for each gram, both ends included. The first serial
/// of a block is 1.
public record SerialRange(long first, long last) {

    public SerialRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException(
                    "a serial range starts at 1 or later and does not end before it starts: "
                            + first
                            + " to "
                            + last);
        }
    }

    /// The serials of this quantity, which is not zero, from `first` on.
    public static SerialRange starting(long first, Co2e quantity) {
        return new SerialRange(first, Math.addExact(first, quantity.grams() - 1));
    }

    public Co2e quantity() {
        return new Co2e(Math.addExact(last - first, 1));
    }

    public boolean overlaps(SerialRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
