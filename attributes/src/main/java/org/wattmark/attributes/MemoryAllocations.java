package org.wattmark.attributes;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.wattmark.attributes.AllocationRequest.Everything;
import org.wattmark.attributes.AllocationRequest.Part;
import org.wattmark.attributes.Ending.Ended;
import org.wattmark.attributes.Reservation.Reason;
import org.wattmark.attributes.Reservation.Refused;
import org.wattmark.attributes.Reservation.Reserved;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Readings;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// Allocations in memory over some readings. One lock makes the look and the decision one step.
public final class MemoryAllocations implements Allocations {

    private final Readings readings;
    private final Map<ClaimId, Claim> claims = new LinkedHashMap<>();
    private final Map<Series, SeriesClaims> series = new LinkedHashMap<>();

    public MemoryAllocations(Readings readings) {
        this.readings = readings;
    }

    private record Series(DeviceId device, Channel channel) {}

    /// @param shares what each interval gave
    private record Claim(
            Allocation allocation,
            NavigableMap<Period, Energy> shares,
            AllocationStatus status,
            long order) {

        Claim as(AllocationStatus next) {
            return new Claim(allocation, shares, next, order);
        }
    }

    /// The live claims of one channel: whole ranges, which are disjoint, and parts of intervals.
    private static final class SeriesClaims {
        final NavigableMap<Period, ClaimId> ranges = new TreeMap<>();
        final NavigableMap<Period, List<ClaimId>> parts = new TreeMap<>();

        /// Ranges are disjoint, so only the neighbours in order can overlap.
        @Nullable ClaimId rangeOver(Period period) {
            var before = ranges.floorEntry(period);
            if (before != null && before.getKey().overlaps(period)) {
                return before.getValue();
            }
            var after = ranges.higherEntry(period);
            return after != null && after.getKey().overlaps(period) ? after.getValue() : null;
        }
    }

    @Override
    public synchronized Reservation reserve(AllocationRequest request) {
        var known = claims.get(request.claim());
        if (known != null) {
            return known.allocation.request().equals(request)
                    ? new Reserved(known.allocation)
                    : new Refused(Reason.ID_STANDS_FOR_ANOTHER, null);
        }
        var others = claimsOn(request.device(), request.channel());
        var inTheWay = others.rangeOver(request.period());
        if (inTheWay != null) {
            return new Refused(Reason.ALREADY_CLAIMED, inTheWay);
        }
        return switch (request) {
            case Everything everything -> reserveEverything(everything, others);
            case Part part -> reservePart(part, others);
        };
    }

    private Reservation reserveEverything(Everything request, SeriesClaims others) {
        var shares = new TreeMap<Period, Energy>();
        @Nullable ClaimId holder = null;
        for (var reading : metered(request)) {
            var left = leftOf(reading, others);
            if (!left.isZero()) {
                shares.put(reading.interval(), left);
            } else if (holder == null) {
                holder = firstPartOf(reading.interval(), others);
            }
        }
        if (shares.isEmpty()) {
            return holder == null
                    ? new Refused(Reason.NOTHING_METERED, null)
                    : new Refused(Reason.NOT_ENOUGH_LEFT, holder);
        }
        others.ranges.put(request.period(), request.claim());
        return reserved(request, shares);
    }

    private Reservation reservePart(Part request, SeriesClaims others) {
        var metered =
                metered(request).stream()
                        .filter(reading -> reading.interval().equals(request.period()))
                        .findFirst();
        if (metered.isEmpty()) {
            return new Refused(Reason.NOTHING_METERED, null);
        }
        if (leftOf(metered.get(), others).compareTo(request.energy()) < 0) {
            return new Refused(Reason.NOT_ENOUGH_LEFT, firstPartOf(request.period(), others));
        }
        others.parts.computeIfAbsent(request.period(), _ -> new ArrayList<>()).add(request.claim());
        var shares = new TreeMap<Period, Energy>();
        shares.put(request.period(), request.energy());
        return reserved(request, shares);
    }

    private Reservation reserved(AllocationRequest request, NavigableMap<Period, Energy> shares) {
        var allocation = new Allocation(request, Energy.sum(shares.values()), shares.size());
        claims.put(
                request.claim(),
                new Claim(allocation, shares, AllocationStatus.PENDING, claims.size()));
        return new Reserved(allocation);
    }

    private List<IntervalReading> metered(AllocationRequest request) {
        return readings.in(request.device(), request.channel(), request.period());
    }

    private Energy leftOf(IntervalReading reading, SeriesClaims others) {
        var taken =
                others.parts.getOrDefault(reading.interval(), List.of()).stream()
                        .map(claim -> shareOf(claim, reading.interval()))
                        .toList();
        return reading.energy().minus(Energy.sum(taken));
    }

    private Energy shareOf(ClaimId claim, Period interval) {
        return known(claim).shares.getOrDefault(interval, Energy.ZERO);
    }

    private static @Nullable ClaimId firstPartOf(Period interval, SeriesClaims others) {
        var parts = others.parts.getOrDefault(interval, List.of());
        return parts.isEmpty() ? null : parts.getFirst();
    }

    @Override
    public synchronized Ending consume(ClaimId claim) {
        return end(claim, AllocationStatus.CONSUMED);
    }

    @Override
    public synchronized Ending release(ClaimId claim) {
        return end(claim, AllocationStatus.RELEASED);
    }

    private Ending end(ClaimId id, AllocationStatus status) {
        var claim = claims.get(id);
        if (claim == null) {
            return new Ending.Refused(Ending.Reason.CLAIM_UNKNOWN);
        }
        if (claim.status != AllocationStatus.PENDING && claim.status != status) {
            return new Ending.Refused(
                    claim.status == AllocationStatus.CONSUMED
                            ? Ending.Reason.ALREADY_CONSUMED
                            : Ending.Reason.ALREADY_RELEASED);
        }
        if (claim.status == AllocationStatus.PENDING && status == AllocationStatus.RELEASED) {
            free(claim.allocation.request());
        }
        claims.put(id, claim.as(status));
        return new Ended(claim.allocation, status);
    }

    private void free(AllocationRequest request) {
        var others = claimsOn(request.device(), request.channel());
        switch (request) {
            case Everything(var _, var _, var _, var _, var period) -> others.ranges.remove(period);
            case Part(var claim, var _, var _, var _, var period, var _) ->
                    others.parts.getOrDefault(period, new ArrayList<>()).remove(claim);
        }
    }

    @Override
    public synchronized Optional<Standing> standing(ClaimId claim) {
        return Optional.ofNullable(claims.get(claim))
                .map(known -> new Standing(known.allocation, known.status));
    }

    @Override
    public synchronized List<Backing> backing(DeviceId device, Channel channel, Period interval) {
        var others = claimsOn(device, channel);
        var ids = new ArrayList<>(others.parts.getOrDefault(interval, List.of()));
        var range = others.rangeOver(interval);
        if (range != null) {
            ids.add(range);
        }
        return ids.stream()
                .map(this::known)
                .filter(claim -> claim.shares.containsKey(interval))
                .sorted(Comparator.comparingLong(Claim::order))
                .map(claim -> backing(claim, interval))
                .toList();
    }

    private static Backing backing(Claim claim, Period interval) {
        return new Backing(
                claim.allocation.claim(),
                claim.allocation.request().use(),
                claim.status,
                claim.shares.getOrDefault(interval, Energy.ZERO));
    }

    private Claim known(ClaimId id) {
        var claim = claims.get(id);
        if (claim == null) {
            throw new AssertionError("a live claim without its record: " + id);
        }
        return claim;
    }

    private SeriesClaims claimsOn(DeviceId device, Channel channel) {
        return series.computeIfAbsent(new Series(device, channel), _ -> new SeriesClaims());
    }
}
