package org.wattmark.rewards;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;

/// A device that has joined a programme.
///
/// @param owner whose device it is, and who is paid
/// @param zone of the device's site, which says when its civil day begins
/// @param rank it is the n-th device that joined
/// @param from the first civil day whose energy is rewarded
/// @param rewarded the time whose intervals were rewarded, so that none is twice
/// @param carry what was earned and is less than a micro-unit, 0 to 1: it goes with the next
public record Enrolment(
        UUID programme,
        DeviceId device,
        UUID owner,
        ZoneId zone,
        AssuranceTier tier,
        long rank,
        LocalDate from,
        Coverage rewarded,
        BigDecimal carry) {

    /// A device in a programme.
    public record Key(UUID programme, DeviceId device) {}

    public Enrolment {
        if (carry.signum() < 0 || carry.compareTo(BigDecimal.ONE) >= 0) {
            throw new IllegalArgumentException("what is carried is less than one: " + carry);
        }
        carry = carry.signum() == 0 ? BigDecimal.ZERO : carry.stripTrailingZeros();
    }

    static Enrolment joining(
            UUID programme,
            DeviceId device,
            UUID owner,
            ZoneId zone,
            AssuranceTier tier,
            long rank,
            LocalDate from) {
        return new Enrolment(
                programme, device, owner, zone, tier, rank, from, Coverage.NONE, BigDecimal.ZERO);
    }

    public Key key() {
        return new Key(programme, device);
    }

    Enrolment with(Coverage more, BigDecimal newCarry) {
        return new Enrolment(
                programme, device, owner, zone, tier, rank, from, rewarded.plus(more), newCarry);
    }

    /// As it joined: nothing is rewarded yet.
    Canonical writeTo(Canonical canonical) {
        return canonical
                .id(programme)
                .id(device.value())
                .id(owner)
                .text(zone.getId())
                .text(tier.name())
                .number(rank)
                .number(from.toEpochDay());
    }

    static Enrolment read(Canonical.Reader reader) throws Canonical.Malformed {
        return joining(
                reader.id(),
                new DeviceId(reader.id()),
                reader.id(),
                ZoneId.of(reader.text()),
                AssuranceTier.valueOf(reader.text()),
                reader.number(),
                Days.read(reader));
    }
}
