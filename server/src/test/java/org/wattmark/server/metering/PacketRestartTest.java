package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Installation;
import org.wattmark.metering.MakerProvision;
import org.wattmark.metering.Nonce;
import org.wattmark.metering.Sha256;
import org.wattmark.server.Server;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.units.Period;

/// What packets add up to does not know that the server was stopped in between.
class PacketRestartTest {

    private static final Instant NOON = Instant.parse("2025-07-01T19:00:00Z");

    @TempDir private Path data;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    PacketRestartTest() {}

    @Test
    void anIntervalThatIsHalfMeasuredGoesOnAfterARestart() {
        var database = TestPostgres.freshDatabase();
        var settings = new ServerSettings(data, URI.create("http://wattmark.test"));
        var signer = DeviceSigner.withNewKey();
        var maker = PacketServerTest.newMakerId();
        var device = device(signer).sendingPacketsAs(maker);
        var shipped = new PacketServerTest.Shipped(maker, signer, "");
        Delivery before;
        try (var server = Server.start(OpenDatabase.at(database), settings, 0, _ -> {})) {
            bond(server, device);
            before = take(server, device, shipped, 0, 15);
        }

        try (var server = Server.start(OpenDatabase.at(database), settings, 0, _ -> {})) {
            var again = take(server, device, shipped, 0, 15);
            take(server, device, shipped, 16, 30);

            assertThat(again).as("the same packets, the same receipts").isEqualTo(before);
            var readings = server.getBean(JdbcReadings.class);
            var hour = Period.starting(NOON, Duration.ofHours(1));
            assertThat(readings.in(device.id(), Channel.GENERATION, hour))
                    .as("25 Wh of 100 W over a quarter of an hour")
                    .singleElement()
                    .satisfies(each -> assertThat(each.rawWattHours()).isEqualTo(25));
        }
    }

    private static Device device(DeviceSigner signer) {
        return new Device(
                new DeviceId(UUID.randomUUID()),
                signer.key(),
                UUID.randomUUID(),
                MeterServerTest.GOLDEN,
                new Installation(200, Installation.Mounting.PORTABLE),
                AssuranceTier.T2,
                Device.DEFAULT_INTERVAL,
                true);
    }

    private static void bond(ConfigurableApplicationContext server, Device device) {
        var sequencer = server.getBean(Sequencer.class);
        var secret = new Nonce("17".repeat(32));
        var provision = MakerProvision.of(device.makerId().orElseThrow(), device.key(), secret);
        var list =
                new DevicesProvisioned(
                        UUID.randomUUID(),
                        List.of(new DevicesProvisioned.Deposit(provision, "CSM", "1")));
        var deposited = sequencer.apply(new ProvisionDevices(list));
        assertThat(deposited).isInstanceOf(ProvisionAnswer.Provisioned.class);
        long receipt = ((ProvisionAnswer.Provisioned) deposited).receipt().sequence();
        var bonded = new PacketDeviceBonded(device, ExclusivityDeclaration.NOTHING_ELSE, receipt);
        assertThat(
                        sequencer.apply(
                                new BondPacketDevice(
                                        device.owner(), bonded, Sha256.of(secret.bytes()))))
                .isInstanceOf(BondAnswer.Bonded.class);
    }

    /// Each 30 s, 100 W.
    private static Delivery take(
            ConfigurableApplicationContext server,
            Device device,
            PacketServerTest.Shipped shipped,
            int first,
            int last) {
        var packets =
                IntStream.rangeClosed(first, last)
                        .mapToObj(i -> shipped.packet(30L * i, 20, 5))
                        .toList();
        var delivery = server.getBean(PacketIntake.class).take(device, packets);
        assertThat(delivery).isInstanceOf(Delivery.Packets.class);
        return delivery;
    }
}
