package org.wattmark.units;

/// Consecutive serials of one credit block, one for each gram, or of one granular certificate, one
/// for each watt-hour, both ends included. The first serial is 1.
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
        return starting(first, quantity.grams());
    }

    /// So many serials from `first` on.
    public static SerialRange starting(long first, long count) {
        return new SerialRange(first, Math.addExact(first, count - 1));
    }

    public Co2e quantity() {
        return new Co2e(count());
    }

    /// How many serials they are.
    public long count() {
        return Math.addExact(last - first, 1);
    }

    public boolean overlaps(SerialRange other) {
        return first <= other.last && other.first <= last;
    }

    @Override
    public String toString() {
        return first + "-" + last;
    }
}
