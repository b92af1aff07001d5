package org.wattmark.attributes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.wattmark.units.Period;

/// The claims on one channel of one device, each on all that its period holds. It is a value: a
/// claim that is added or ends gives the next one.
///
/// @param claims in the order of their periods, then of their ids, in whatever order they were
///   made: a table keeps no other order; live ones do not overlap
public record SeriesClaims(List<Claimed> claims) {

    private static final Comparator<Claimed> IN_ORDER =
            Comparator.comparing(Claimed::period).thenComparing(each -> each.claim().value());

    public static final SeriesClaims NONE = new SeriesClaims(List.of());

    public SeriesClaims {
        claims = claims.stream().sorted(IN_ORDER).toList();
    }

    /// One claim's use of a period.
    public record Claimed(ClaimId claim, Use use, Period period, AllocationStatus status) {}

    /// The live claim that keeps this period from being claimed, if there is one.
    public Optional<Claimed> inTheWayOf(Period period) {
        return claims.stream()
                .filter(each -> each.status().isLive() && each.period().overlaps(period))
                .findFirst();
    }

    /// Reserves the period for a claim.
    ///
    /// @throws IllegalArgumentException if another claim is in the way: ask first
    public SeriesClaims reserving(ClaimId claim, Use use, Period period) {
        inTheWayOf(period)
                .ifPresent(other -> {
                    throw new IllegalArgumentException(claim + " overlaps " + other);
                });
        var next = new ArrayList<>(claims);
        next.add(new Claimed(claim, use, period, AllocationStatus.PENDING));
        return new SeriesClaims(next);
    }

    /// Ends what is pending of a claim: consumed for good, or free for others again.
    public SeriesClaims ending(ClaimId claim, AllocationStatus status) {
        return new SeriesClaims(
                claims.stream()
                        .map(each -> each.claim().equals(claim) ? ended(each, status) : each)
                        .toList());
    }

    private static Claimed ended(Claimed pending, AllocationStatus status) {
        if (pending.status() != AllocationStatus.PENDING) {
            throw new IllegalArgumentException(pending + " cannot become " + status);
        }
        return new Claimed(pending.claim(), pending.use(), pending.period(), status);
    }
}
