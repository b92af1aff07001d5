package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.BondChallenge;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Intake;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterReading;
import org.wattmark.metering.RegisterReset;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.metering.Site;
import org.wattmark.server.metering.AcceptImport;
import org.wattmark.server.metering.AcceptReadings;
import org.wattmark.server.metering.AdvanceRegister;
import org.wattmark.server.metering.BondDevice;
import org.wattmark.server.metering.UndoImport;
import org.wattmark.units.Period;

/// A bonded panel in Bristol that is read every three hours; days are those of June 2026.
final class Panel {

    private static final Instant JUNE = Instant.parse("2026-06-01T00:00:00Z");
    private static final Duration THREE_HOURS = Duration.ofHours(3);

    private final UUID id = UUID.randomUUID();
    private final Sequencer sequencer;
    private final Duration interval;
    private final Device device;
    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final SimulatedPanel physics;
    private final SimulatedMeter meter;

    Panel(Sequencer sequencer, UUID owner, AssuranceTier tier, boolean simulated) {
        this(sequencer, owner, tier, simulated, THREE_HOURS);
    }

    Panel(
            Sequencer sequencer,
            UUID owner,
            AssuranceTier tier,
            boolean simulated,
            Duration interval) {
        this.sequencer = sequencer;
        this.interval = interval;
        this.device = device(owner, tier, simulated);
        // What a real panel would say is simulated too; only the test knows.
        this.physics = new SimulatedPanel(device(owner, tier, true), 1);
        this.meter = new SimulatedMeter(physics, signer);
        bond();
    }

    private Device device(UUID owner, AssuranceTier tier, boolean simulated) {
        return new Device(
                new DeviceId(id),
                signer.key(),
                owner,
                Site.of("Europe/London", "51.4545", "-2.5879", 11, "GB"),
                new Installation(4_000, Mounting.FIXED),
                tier,
                interval,
                simulated);
    }

    private void bond() {
        var declaration =
                new ExclusivityDeclaration(
                        List.of("REGO"),
                        List.of("SEG"),
                        List.of(
                                new ExternalId("MCS", "Plant " + id),
                                new ExternalId("DNO", "" + id)),
                        false);
        var nonce = new byte[32];
        new SecureRandom().nextBytes(nonce);
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
        return id;
    }

    static Period days(int first, int count) {
        var start = JUNE.plus(Duration.ofDays(first));
        return new Period(start, start.plus(Duration.ofDays(count)));
    }

    /// A batch for each day.
    void sendDays(int first, int count) {
        for (int day = first; day < first + count; day++) {
            send(meter.honest(days(day, 1)));
        }
    }

    void sendLate(int day) {
        sendDays(day, 1);
    }

    void sendNightGeneration(int day) {
        send(meter.nightGeneration(days(day, 1)));
    }

    void sendOverCapacity(int day) {
        send(meter.overCapacity(days(day, 1)));
    }

    void sendExports(int day) {
        var half =
                physics.readings(days(day, 1)).stream()
                        .map(each ->
                                new IntervalReading(
                                        each.interval(), Math.max(0, each.rawWattHours()) / 2))
                        .toList();
        send(meter.next(Channel.EXPORT, half));
    }

    /// As an authenticated feed brings it.
    void sendUnsigned(int day) {
        var signed = meter.honest(days(day, 1));
        var inspected = Intake.inspectUnsigned(signed.batch(), device, now());
        thenTaken(new AcceptReadings(device.owner(), (Inspected) inspected, Optional.empty()));
    }

    /// As a file of a night in which something shone brings it.
    UUID importDay(int day) {
        var inspected =
                Intake.inspectUnsigned(meter.nightGeneration(days(day, 1)).batch(), device, now());
        var id = UUID.randomUUID();
        Object answer =
                sequencer.apply(
                        new AcceptImport(
                                device.owner(), id, Sha256.of(new byte[0]), (Inspected) inspected));
        assertThat(answer.toString()).startsWith("Taken");
        return id;
    }

    /// What the register of the grid's energy shows, before and after it was exchanged.
    void registers(int day) {
        var start = days(day, 1).start();
        advance(Optional.of(Register.ofKilowattHourDigits(5, 11_000)), List.of(), null);
        advance(
                Optional.empty(),
                List.of(
                        new RegisterReading(start, 99_998_000),
                        new RegisterReading(start.plusSeconds(3 * 3_600), 99_999_500),
                        new RegisterReading(start.plusSeconds(10 * 3_600), 700)),
                null);
        advance(
                Optional.empty(),
                List.of(),
                new RegisterReset(
                        start.plusSeconds(11 * 3_600), 1_000, 0, Register.ofBits(32, 11_000)));
        advance(
                Optional.empty(),
                List.of(new RegisterReading(start.plusSeconds(13 * 3_600), 2_000)),
                null);
    }

    private void advance(
            Optional<Register> declared,
            List<RegisterReading> readings,
            @Nullable RegisterReset reset) {
        Object answer =
                sequencer.apply(
                        new AdvanceRegister(
                                UUID.randomUUID(),
                                device.owner(),
                                device,
                                Channel.IMPORT,
                                declared,
                                readings,
                                Optional.ofNullable(reset)));
        assertThat(answer.toString()).startsWith("Taken");
    }

    void undo(UUID importId) {
        Object answer =
                sequencer.apply(new UndoImport(UUID.randomUUID(), device.owner(), importId));
        assertThat(answer.toString()).startsWith("Undone");
    }

    /// Is refused, and the refusal is kept.
    void sendReplayWithOtherContent() {
        var first = physics.readings(days(9, 1));
        var batch = new ReadingBatch(device.id(), Channel.GENERATION, 1, Sha256.NONE, first);
        assertThat(answerTo(signer.sign(batch))).startsWith("Refused");
    }

    private void send(SignedBatch signed) {
        assertThat(answerTo(signed)).startsWith("Taken");
    }

    private String answerTo(SignedBatch signed) {
        var inspected = Intake.inspect(signed, device, now());
        Object answer =
                sequencer.apply(
                        new AcceptReadings(
                                device.owner(),
                                (Inspected) inspected,
                                Optional.of(signed.signature())));
        return answer.toString();
    }

    private void thenTaken(AcceptReadings command) {
        Object answer = sequencer.apply(command);
        assertThat(answer.toString()).startsWith("Taken");
    }

    private static Instant now() {
        return InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
