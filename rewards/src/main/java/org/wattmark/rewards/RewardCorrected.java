package org.wattmark.rewards;

import java.time.LocalDate;
import java.util.UUID;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// A rewarded interval had less energy than it was rewarded for.
///
/// @param correction the command; its transfer, if anything moved, is the first that follows
/// @param day the civil day of the interval
/// @param counted before, and what stands after it
/// @param back earned too much, in micro-units
/// @param taken the part of it that went back to the pool; the rest is owed
public record RewardCorrected(
        UUID correction,
        UUID programme,
        DeviceId device,
        LocalDate day,
        Period interval,
        Energy counted,
        Energy corrected,
        long back,
        long taken)
        implements Committed {

    public static final String DOMAIN = "wattmark/reward-corrected/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/reward-corrected-published/v1";

    public RewardCorrected {
        if (taken < 0 || taken > back || corrected.compareTo(counted) >= 0) {
            throw new IllegalArgumentException("no correction: " + correction);
        }
    }

    RewardedIntervalKey key() {
        return new RewardedIntervalKey(programme, device, interval.start());
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(correction)
                .id(programme)
                .id(device.value())
                .number(day.toEpochDay())
                .period(interval)
                .energy(counted)
                .energy(corrected)
                .number(back)
                .number(taken)
                .toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return programme;
    }

    public static RewardCorrected of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new RewardCorrected(
                                reader.id(),
                                reader.id(),
                                new DeviceId(reader.id()),
                                Days.read(reader),
                                reader.period(),
                                reader.energy(),
                                reader.energy(),
                                reader.number(),
                                reader.number()));
    }
}
