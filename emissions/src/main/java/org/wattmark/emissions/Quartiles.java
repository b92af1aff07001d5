package org.wattmark.emissions;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.Optional;

/// Where a quarter, a half and three quarters of a group of firms lie, told so that no firm of the
/// group can be read from it.
///
/// A group of fewer than [#FEWEST] tells nothing, nor one of whose emissions a single firm makes
/// more than half: a dominance rule as statistical offices have it (Hundepool et al., Statistical
/// Disclosure Control, 2012, section 4.2), with limits that are Wattmark's own policy.
///
/// @param peers how many they are, rounded down to a multiple of five
public record Quartiles(int peers, long lower, long median, long upper) {

    public static final int FEWEST = 5;

    private static final int PEERS_STEP = 5;

    /// So many digits are told: a value that moves as somebody joins does not tell theirs.
    private static final MathContext TOLD = new MathContext(2, RoundingMode.HALF_UP);

    /// A firm of the group.
    ///
    /// @param intensity what is compared
    /// @param grams what it emits, by which it may dominate the group
    public record Peer(long intensity, long grams) {}

    /// By the nearest rank (type 1 of Hyndman and Fan, 1996), each then rounded to two digits,
    /// halves up.
    public static Optional<Quartiles> of(Collection<Peer> group) {
        if (group.size() < FEWEST || isDominated(group)) {
            return Optional.empty();
        }
        var sorted = group.stream().mapToLong(Peer::intensity).sorted().toArray();
        return Optional.of(
                new Quartiles(
                        group.size() / PEERS_STEP * PEERS_STEP,
                        told(sorted, 1),
                        told(sorted, 2),
                        told(sorted, 3)));
    }

    private static boolean isDominated(Collection<Peer> group) {
        var all =
                group.stream()
                        .map(peer -> BigDecimal.valueOf(peer.grams()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add);
        var most = group.stream().mapToLong(Peer::grams).max().orElseThrow();
        return BigDecimal.valueOf(most).multiply(BigDecimal.TWO).compareTo(all) > 0;
    }

    private static long told(long[] sorted, int quarters) {
        int rank = Math.ceilDiv(sorted.length * quarters, 4);
        return new BigDecimal(sorted[rank - 1]).round(TOLD).longValueExact();
    }

    /// In which quarter a value lies, by what is told and no better: 1 is the lowest.
    public int quarterOf(long intensity) {
        if (intensity <= lower) {
            return 1;
        }
        if (intensity <= median) {
            return 2;
        }
        return intensity <= upper ? 3 : 4;
    }
}
