package org.wattmark.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.SampleAdmission.Accepted;
import org.wattmark.metering.SampleInspection.Inspected;
import org.wattmark.units.Canonical;

/// The worked example of docs/meters-packets.md, as the page itself has it.
class PacketsPageTest {

    private static final Instant RECEIVED = Instant.parse("2026-03-01T12:01:00Z");

    /// Four lines of nothing but hexadecimal digits.
    private static final Pattern PACKET = Pattern.compile("```\n((?:[0-9a-f]{40,64}\n){4})```");

    @Test
    void theBytesOfThePageAddUpToWhatThePageSays() throws IOException, Canonical.Malformed {
        var page = Files.readString(page());
        var found = PACKET.matcher(page);
        var progress = SampleProgress.NONE;
        var energy = 0L;

        int packets = 0;
        for (; found.find(); packets++) {
            var bytes = HexFormat.of().parseHex(found.group(1).replace("\n", ""));
            var packet = SamplePacket.read(bytes);
            var inspected = (Inspected) SampleIntake.inspect(packet, device(page), RECEIVED);
            var accepted =
                    (Accepted)
                            SampleIntake.admit(
                                    inspected, progress, Optional.empty(), Device.DEFAULT_INTERVAL);
            assertThat(page)
                    .contains("`" + packet.sha256() + "`")
                    .contains(accepted.sample().watts().toPlainString() + " W");
            progress = accepted.next();
            energy += accepted.milliwattSeconds();
        }

        assertThat(packets).isEqualTo(2);
        assertThat(energy).isEqualTo(1_125_449);
        assertThat(page).contains("1,125,449 mW·s").contains(progress.fraction() + " mW·s");
    }

    /// From the module's folder or the one above it.
    private static Path page() {
        var below = Path.of("docs", "meters-packets.md");
        return Files.exists(below) ? below : Path.of("..").resolve(below);
    }

    private static Device device(String page) {
        var key = Pattern.compile("public half\\s+`([0-9a-f]{64})`").matcher(page);
        assertThat(key.find()).isTrue();
        return new Device(
                        new DeviceId(new UUID(0, 1)),
                        new DeviceKey(key.group(1)),
                        new UUID(0, 2),
                        Site.of("Europe/Berlin", "52.5", "13.4", 34, "DE"),
                        new Installation(60, Installation.Mounting.PORTABLE),
                        AssuranceTier.T2,
                        Duration.ofMinutes(15),
                        false)
                .sendingPacketsAs(
                        MakerId.of(
                                HexFormat.of()
                                        .parseHex(
                                                "000102030405060708090a0b0c0d0e0f"
                                                        + "101112131415161718191a1b1c1d1e1f")));
    }
}
