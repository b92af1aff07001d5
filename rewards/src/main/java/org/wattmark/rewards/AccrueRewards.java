package org.wattmark.rewards;

import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;

/// Asks to reward intervals of one device and one civil day. Those that were rewarded before are
/// passed over, so sending some of them again does no harm.
///
/// @param intervals accepted readings of generation, in the order of time
public record AccrueRewards(
        UUID id, UUID programme, DeviceId device, List<MeteredInterval> intervals)
        implements Command<Accrual> {

    /// A day of one-minute intervals, of 25 hours.
    public static final int MAX_INTERVALS = 1_500;

    public AccrueRewards {
        intervals = List.copyOf(intervals);
        if (intervals.isEmpty() || intervals.size() > MAX_INTERVALS) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_INTERVALS + " intervals are rewarded at once");
        }
        for (int i = 1; i < intervals.size(); i++) {
            var before = intervals.get(i - 1).period();
            if (intervals.get(i).period().start().isBefore(before.end())) {
                throw new IllegalArgumentException("intervals are in the order of time");
            }
        }
    }

    @Override
    public byte[] content() {
        var content =
                Canonical.of("wattmark/accrue-rewards/v1")
                        .id(programme)
                        .id(device.value())
                        .number(intervals.size());
        intervals.forEach(each -> content.period(each.period()).energy(each.energy()));
        return content.toByteArray();
    }

    @Override
    public Accrual idStandsForAnother() {
        return new Accrual.Refused(Accrual.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
