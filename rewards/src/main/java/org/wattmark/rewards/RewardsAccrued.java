package org.wattmark.rewards;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Share;

/// Intervals of one device and civil day were rewarded.
///
/// @param accrual the command; its transfer, if anything moved, is the first that follows from it
/// @param offset of what they earned, in micro-units: it paid back what the owner owed
public record RewardsAccrued(
        UUID accrual,
        UUID programme,
        DeviceId device,
        LocalDate day,
        UUID tariff,
        Share rate,
        long offset,
        List<RewardedInterval> intervals)
        implements Committed {

    public static final String DOMAIN = "wattmark/rewards-accrued/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/rewards-accrued-published/v1";

    public RewardsAccrued {
        intervals = List.copyOf(intervals);
        if (intervals.isEmpty() || offset < 0) {
            throw new IllegalArgumentException("no accrual: " + accrual);
        }
    }

    /// What they earned, in micro-units.
    public long microUnits() {
        return Reckoning.total(intervals);
    }

    /// What of it moved from the pool to the owner, in micro-units.
    public long transferred() {
        return microUnits() - offset;
    }

    @Override
    public byte[] content() {
        var content =
                Canonical.of(DOMAIN)
                        .id(accrual)
                        .id(programme)
                        .id(device.value())
                        .number(day.toEpochDay())
                        .id(tariff)
                        .number(rate.basisPoints())
                        .number(offset)
                        .number(intervals.size());
        intervals.forEach(each -> each.writeTo(content));
        return content.toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return programme;
    }

    public static RewardsAccrued of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new RewardsAccrued(
                                reader.id(),
                                reader.id(),
                                new DeviceId(reader.id()),
                                Days.read(reader),
                                reader.id(),
                                new Share(Math.toIntExact(reader.number())),
                                reader.number(),
                                intervals(reader)));
    }

    private static List<RewardedInterval> intervals(Canonical.Reader reader)
            throws Canonical.Malformed {
        long size = reader.number();
        if (size < 1 || size > AccrueRewards.MAX_INTERVALS) {
            throw new Canonical.Malformed("no number of intervals: " + size);
        }
        var intervals = new ArrayList<RewardedInterval>();
        for (long i = 0; i < size; i++) {
            intervals.add(RewardedInterval.read(reader));
        }
        return intervals;
    }
}
