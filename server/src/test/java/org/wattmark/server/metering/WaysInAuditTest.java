package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Installation;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.MakerProvision;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.metering.RegisterReading;
import org.wattmark.metering.RegisterReset;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.metering.SampleIntake;
import org.wattmark.metering.SamplePacket;
import org.wattmark.metering.SampleProgress;
import org.wattmark.metering.Sha256;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Period;

/// A server that lies in its journal is found by its own evidence, and facts are read back from
/// their bytes.
class WaysInAuditTest {

    private static final DataSource DATABASE = TestPostgres.freshDatabase().dataSource();
    private static final Instant NOON = Instant.parse("2025-07-01T19:00:00Z");
    private static final MakerId MAKER = new MakerId("ab".repeat(32));

    private final DeviceSigner signer = DeviceSigner.withNewKey();
    private final Device device =
            new Device(
                            new DeviceId(UUID.randomUUID()),
                            signer.key(),
                            UUID.randomUUID(),
                            MeterServerTest.GOLDEN,
                            new Installation(200, Installation.Mounting.PORTABLE),
                            AssuranceTier.T2,
                            Device.DEFAULT_INTERVAL,
                            true)
                    .sendingPacketsAs(MAKER);
    private final DevicesProvisioned list =
            new DevicesProvisioned(
                    UUID.randomUUID(),
                    List.of(
                            new DevicesProvisioned.Deposit(
                                    MakerProvision.of(
                                            MAKER, signer.key(), new Nonce("01".repeat(32))),
                                    "CSM",
                                    "1")));
    private final PacketDeviceBonded bonded =
            new PacketDeviceBonded(device, ExclusivityDeclaration.NOTHING_ELSE, 0);

    @Test
    void honestPacketsAreFoundInOrder() throws SQLException {
        var honest = received(packets(31));
        store(honest);

        assertThat(honest.completed()).hasSize(1);
        assertThat(audit(new PacketAudit(), list, bonded, honest)).isEmpty();
    }

    @Test
    void aMilliwattSecondTooManyIsFound() throws SQLException {
        var honest = received(packets(3));
        var taken = new ArrayList<>(honest.taken());
        taken.set(2, new PacketsReceived.Taken(taken.get(2).packet(), 3_000_001));
        var lie = with(honest, taken, honest.completed(), honest.next());
        store(lie);

        assertThat(audit(new PacketAudit(), list, bonded, lie))
                .containsExactly("its packets do not add up to what it says");
    }

    @Test
    void aWattHourTooManyInAnIntervalIsFound() throws SQLException {
        var honest = received(packets(31));
        var interval = honest.completed().getFirst().interval();
        var lie =
                with(
                        honest,
                        honest.taken(),
                        List.of(new IntervalReading(interval, 26)),
                        honest.next());
        store(lie);

        assertThat(audit(new PacketAudit(), list, bonded, lie))
                .containsExactly("its packets do not add up to what it says");
    }

    @Test
    void energyThatIsCarriedFromNowhereIsFound() throws SQLException {
        var honest = received(packets(3));
        var next =
                new SampleProgress(
                        Optional.empty(), honest.next().open(), 1, honest.next().fraction());
        var lie = with(honest, honest.taken(), honest.completed(), next);
        store(lie);

        assertThat(audit(new PacketAudit(), list, bonded, lie)).hasSize(1);
    }

    @Test
    void aPacketThatTheDeviceDidNotSignIsFound() throws SQLException {
        var other = DeviceSigner.withNewKey();
        var packet = other.sign(MAKER, 20, 5, 4, NOON.getEpochSecond());
        var lie =
                new PacketsReceived(
                        device.id(),
                        List.of(new PacketsReceived.Taken(packet, 0)),
                        List.of(),
                        List.of(),
                        List.of(),
                        SampleProgress.NONE);
        store(lie);

        assertThat(audit(new PacketAudit(), list, bonded, lie)).hasSize(1);
    }

    @Test
    void aBondOfADeviceThatNoMakerDepositedIsFound() {
        var another = new PacketDeviceBonded(device, ExclusivityDeclaration.NOTHING_ELSE, 7);

        assertThat(audit(new PacketAudit(), list, another))
                .containsExactly("the bond is not of a device that its maker deposited");
        assertThat(audit(new PacketAudit(), list, bonded)).isEmpty();
    }

    @Test
    void anIntervalThatPacketsCompletedAndNobodyTookInIsFound() throws SQLException {
        var honest = received(packets(31));
        store(honest);

        assertThat(audit(new ReadingAudit(), list, bonded, honest, list))
                .contains("the intervals that were completed are missing");
    }

    @Test
    void aBatchThatNoPacketsVouchForIsFound() {
        var reading = new IntervalReading(Period.starting(NOON, Duration.ofMinutes(15)), 25);
        var batch =
                new ReadingBatch(device.id(), Channel.GENERATION, 1, Sha256.NONE, List.of(reading));
        var unsigned = new BatchReceived(batch, Optional.empty(), List.of());

        assertThat(audit(new ReadingAudit(), list, bonded, unsigned))
                .contains("the batch is not signed by its device");
    }

    @Test
    void aRegisterThatCountsAnythingElseIsFound() {
        var register = new Register(100_000, 11_000);
        var declared = RegisterAdvanced.declared(device.id(), Channel.IMPORT, register);
        var readings =
                List.of(
                        new RegisterReading(NOON, 5),
                        new RegisterReading(NOON.plusSeconds(900), 9));
        var honest =
                RegisterRun.of(
                                readings,
                                Optional.empty(),
                                declared.next(),
                                device.intervalLength(),
                                NOON.plusSeconds(900))
                        .advanced(device.id(), Channel.IMPORT)
                        .orElseThrow();
        var lie =
                new RegisterAdvanced(
                        honest.device(),
                        honest.channel(),
                        honest.readings(),
                        honest.reset(),
                        honest.findings(),
                        List.of(new IntervalReading(honest.completed().getFirst().interval(), 5)),
                        honest.next());

        assertThat(audit(new RegisterAudit(), bonded, declared, honest)).isEmpty();
        assertThat(audit(new RegisterAudit(), bonded, declared, lie))
                .containsExactly("its counts do not add up to what it says");
        assertThat(audit(new RegisterAudit(), bonded, honest)).as("never declared").hasSize(1);
    }

    @Test
    void aPartOfAnImportThatSaysAnythingElseThanItsBatchIsFound() {
        var reading = new IntervalReading(Period.starting(NOON, Duration.ofMinutes(15)), 25);
        var batch =
                new ReadingBatch(device.id(), Channel.GENERATION, 1, Sha256.NONE, List.of(reading));
        var received = new BatchReceived(batch, Optional.empty(), List.of());

        assertThat(audit(new UndoAudit(), part(25), received)).isEmpty();
        assertThat(audit(new UndoAudit(), part(26), received))
                .containsExactly("its batch is not the entry behind it");
        assertThat(audit(new UndoAudit(), undone(List.of(1L))))
                .contains("what it undid does not stand aside");
    }

    private ImportPart part(long energy) {
        var span = Period.starting(NOON, Duration.ofMinutes(15));
        return new ImportPart(
                new UUID(0, 5),
                device.id(),
                Channel.GENERATION,
                Sha256.NONE,
                1,
                span,
                Coverage.NONE.plus(span),
                1,
                0,
                energy);
    }

    private ImportUndone undone(List<Long> receipts) {
        var span = Period.starting(NOON, Duration.ofMinutes(15));
        return new ImportUndone(
                new UUID(0, 5),
                device.id(),
                Channel.GENERATION,
                receipts,
                Coverage.NONE.plus(span),
                1,
                0,
                25);
    }

    @Test
    void factsAreReadBackAndBrokenOnesAreNot() throws Exception {
        var honest = received(packets(31));
        var registers =
                new RegisterAdvanced(
                        device.id(),
                        Channel.EXPORT,
                        List.of(new RegisterReading(NOON, 5)),
                        Optional.of(new RegisterReset(NOON, 5, 0, Register.ofBits(32, 9))),
                        List.of(),
                        honest.completed(),
                        new RegisterProgress(
                                Register.ofBits(32, 9),
                                Optional.of(new RegisterReading(NOON, 0)),
                                Optional.of(new RegisterProgress.Open(NOON, 3))));

        thenReadBack(list, DevicesProvisioned::of);
        thenReadBack(bonded, PacketDeviceBonded::of);
        thenReadBack(honest, PacketsReceived::of);
        thenReadBack(registers, RegisterAdvanced::of);
        thenReadBack(
                RegisterAdvanced.declared(device.id(), Channel.IMPORT, Register.ofBits(32, 9)),
                RegisterAdvanced::of);
        thenReadBack(part(25), ImportPart::of);
        thenReadBack(undone(List.of(1L, 2L)), ImportUndone::of);
    }

    /// How a fact is read.
    @FunctionalInterface
    private interface Form {

        Fact of(byte[] content) throws Canonical.Malformed;
    }

    private static void thenReadBack(Fact fact, Form form) throws Canonical.Malformed {
        var content = fact.content();
        assertThat(form.of(content)).isEqualTo(fact);
        for (int length = 0; length < content.length; length += 1 + length / 8) {
            var cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> form.of(cut)).isInstanceOf(Canonical.Malformed.class);
        }
        var longer = Arrays.copyOf(content, content.length + 1);
        assertThatThrownBy(() -> form.of(longer)).isInstanceOf(Canonical.Malformed.class);
        assertThat(new Entry(0, 1, NOON, fact, Bytes.of(new byte[32])).leaf().length)
                .as("a leaf holds no bulk")
                .isLessThan(400);
    }

    /// 100 W, each 30 s.
    private List<SamplePacket> packets(int count) {
        var packets = new ArrayList<SamplePacket>();
        for (int i = 0; i < count; i++) {
            packets.add(signer.sign(MAKER, 20, 5, 4, NOON.getEpochSecond() + 30L * i));
        }
        return packets;
    }

    private PacketsReceived received(List<SamplePacket> packets) {
        var inspected =
                packets.stream()
                        .map(each ->
                                (Inspected)
                                        SampleIntake.inspect(
                                                each, device, NOON.plus(Duration.ofDays(1))))
                        .toList();
        return PacketRun.of(inspected, SampleProgress.NONE, device.intervalLength(), Map.of())
                .received(device.id())
                .orElseThrow();
    }

    private static PacketsReceived with(
            PacketsReceived honest,
            List<PacketsReceived.Taken> taken,
            List<IntervalReading> completed,
            SampleProgress next) {
        return new PacketsReceived(
                honest.device(), taken, honest.conflicting(), honest.findings(), completed, next);
    }

    /// As the third entry.
    private static void store(PacketsReceived received) throws SQLException {
        try (var connection = DATABASE.getConnection()) {
            connection.createStatement().execute("delete from packet");
            new PacketTable().write(connection, List.of(new PacketTable.Row(received, 2)));
        }
    }

    private static List<String> audit(RowAudit audit, Fact... facts) {
        var entries = new ArrayList<Entry>();
        for (var fact : facts) {
            entries.add(new Entry(entries.size(), 1, NOON, fact, Bytes.EMPTY));
        }
        var found = new ArrayList<String>();
        audit.check(entries, JdbcClient.create(DATABASE), (_, what) -> found.add(what));
        return found;
    }
}
