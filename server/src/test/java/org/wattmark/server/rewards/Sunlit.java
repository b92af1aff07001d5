package org.wattmark.server.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.Site;
import org.wattmark.server.metering.AcceptReadings;
import org.wattmark.server.metering.BondDevice;
import org.wattmark.units.Period;

/// A bonded meter of 4 kWp on the equator, at a place where it is between two and three in the
/// afternoon whenever the test runs: a good part of today's sun has shone there.
final class Sunlit {

    private static final int LOCAL_HOUR = 14;
    private static final Duration QUARTER = Duration.ofMinutes(15);

    private final Sequencer sequencer;
    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final ZoneOffset offset;
    private final Device device;
    private long sequence;
    private Sha256 previous = Sha256.NONE;

    Sunlit(Sequencer sequencer, UUID owner, AssuranceTier tier) {
        this.sequencer = sequencer;
        // From −9 to 14 hours; places beyond 12 keep that civil time with their own sun.
        this.offset = ZoneOffset.ofHours(LOCAL_HOUR - now().atOffset(ZoneOffset.UTC).getHour());
        this.device = device(owner, tier);
        bond();
    }

    private Device device(UUID owner, AssuranceTier tier) {
        int hours = offset.getTotalSeconds() / 3_600;
        long longitude = hours > 12 ? hours * 15L - 360 : hours * 15L;
        return new Device(
                new DeviceId(UUID.randomUUID()),
                signer.key(),
                owner,
                new Site(
                        ZoneId.of("Etc/GMT" + (hours > 0 ? "-" : "+") + Math.abs(hours)),
                        BigDecimal.ZERO,
                        BigDecimal.valueOf(longitude),
                        0,
                        "DE"),
                new Installation(4_000, Mounting.FIXED),
                tier,
                QUARTER,
                false);
    }

    private void bond() {
        var nonce = new byte[32];
        new SecureRandom().nextBytes(nonce);
        var declaration = ExclusivityDeclaration.NOTHING_ELSE;
        var challenge =
                new BondChallenge(
                        Nonce.of(nonce),
                        device.id(),
                        device.key(),
                        device.owner(),
                        now().plusSeconds(600),
                        declaration.sha256());
        Object bonded =
                sequencer.apply(
                        new BondDevice(
                                device.owner(),
                                device,
                                declaration,
                                challenge,
                                signer.sign(challenge)));
        assertThat(bonded.toString()).startsWith("Bonded");
    }

    UUID id() {
        return device.id().value();
    }

    LocalDate today() {
        return LocalDate.ofInstant(now(), offset);
    }

    /// Quarter hours of today from nine o'clock on, each with so much energy.
    List<IntervalReading> send(int quarters, long wattHours) {
        return send(nine(), quarters, wattHours);
    }

    private Instant nine() {
        return LocalDate.ofInstant(now(), offset).atTime(9, 0).toInstant(offset);
    }

    /// The same as a file to import.
    String file(int quarters, long wattHours) {
        var csv = new StringBuilder("interval_start,watt_hours\n");
        for (int i = 0; i < quarters; i++) {
            csv.append(nine().plus(QUARTER.multipliedBy(i)))
                    .append(',')
                    .append(wattHours)
                    .append('\n');
        }
        return csv.toString();
    }

    List<IntervalReading> send(Instant from, int quarters, long wattHours) {
        var readings = new ArrayList<IntervalReading>();
        for (int i = 0; i < quarters; i++) {
            var start = from.plus(QUARTER.multipliedBy(i));
            readings.add(new IntervalReading(Period.starting(start, QUARTER), wattHours));
        }
        var batch =
                new ReadingBatch(device.id(), Channel.GENERATION, ++sequence, previous, readings);
        previous = Sha256.of(batch.canonicalBytes());
        var signed = signer.sign(batch);
        var inspected = (Inspected) Intake.inspect(signed, device, now());
        assertThat(inspected.findings()).isEmpty();
        Object answer =
                sequencer.apply(
                        new AcceptReadings(
                                device.owner(), inspected, Optional.of(signed.signature())));
        assertThat(answer.toString()).startsWith("Taken");
        return readings;
    }

    private static Instant now() {
        return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
