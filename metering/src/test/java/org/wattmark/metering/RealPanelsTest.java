package org.wattmark.metering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Admission.Admitted;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.ReadingsFile.Contents;
import org.wattmark.testing.ExternalData;

/// Real instruments are honest and imperfect: nothing that they measured may be rejected.
class RealPanelsTest {

    private static final Duration QUARTER_HOUR = Duration.ofMinutes(15);

    @Test
    void noRealQuarterHourOfSerfEastIsRejected() throws IOException {
        var file = ExternalData.file("pv/serf_east_15min_ac_power.csv");

        var contents = read(Files.newInputStream(file));
        var findings = findingsOnTheWayIn(contents.readings());

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings().size()).isEqualTo(10_000);
        // The inverter's own consumption: 3,455 quarter hours round to a negative watt-hour.
        assertThat(findings).hasSize(3_455).allMatch(finding -> finding.rule() == Rule.STANDBY);
        assertThat(rejected(findings)).isEmpty();
    }

    /// Its rows are stamped a minute after the quarter hour, in local standard time, which is
    /// UTC−7.
    @Test
    void noRealQuarterHourOfSerfWestIsRejected() throws IOException {
        var file = ExternalData.file("pv/serf_west_15min_volt_amp.csv");
        var onTheQuarter =
                Pattern.compile(":(00|15|30|45):00,")
                        .matcher(
                                Files.readString(file)
                                        .replace(":01:00,", ":00:00,")
                                        .replace(":16:00,", ":15:00,")
                                        .replace(":31:00,", ":30:00,")
                                        .replace(":46:00,", ":45:00,"))
                        .replaceAll(":$1:00-07:00,");

        var contents = read(new ByteArrayInputStream(onTheQuarter.getBytes(UTF_8)));
        var findings = findingsOnTheWayIn(contents.readings());

        assertThat(contents.errors()).isEmpty();
        assertThat(contents.readings().size()).isGreaterThan(400);
        assertThat(findings).allMatch(finding -> finding.outcome() == Outcome.INFO);
    }

    /// The logger of this plant stepped by 0.7 to 0.9 h each March and November, so it dates some
    /// of an evening's last light after sunset. That is all that it may lose.
    @Test
    void aLoggerWithAWrongClockLosesOnlyItsTwilight() throws IOException {
        var file = ExternalData.file("pv/system50_2011_2013_DST_clock.csv.gz");

        var contents = read(new GZIPInputStream(Files.newInputStream(file)));
        var findings = findingsOnTheWayIn(contents.readings());

        assertThat(contents.errors()).allMatch(e -> e.remedy().endsWith("leave the row out"));
        assertThat(contents.readings().size()).isEqualTo(92_328);
        assertThat(rejected(findings).size()).isEqualTo(119);
        assertThat(rejected(findings)).allMatch(RealPanelsTest::isOfTwilight);
        assertThat(findings).noneMatch(finding -> finding.outcome() == Outcome.HOLD);
    }

    private static boolean isOfTwilight(Finding finding) {
        var sun = new Sun(Examples.GOLDEN);
        double elevation = sun.at(finding.interval().start()).elevation();
        return Math.abs(elevation) < 10;
    }

    private static Contents read(InputStream file) throws IOException {
        try (file) {
            return ReadingsFile.read(file, QUARTER_HOUR);
        }
    }

    /// Signs the readings as the device would and takes them in, batch after batch.
    private static List<Finding> findingsOnTheWayIn(List<IntervalReading> readings) {
        var signer = DeviceSigner.withNewKey();
        var device = Examples.fixed(signer.key(), 6_000);
        var progress = DeviceProgress.NONE;
        var findings = new ArrayList<Finding>();
        for (var run : ReadingBatch.runs(readings)) {
            var batch =
                    new ReadingBatch(
                            device.id(),
                            Channel.GENERATION,
                            progress.lastSequence() + 1,
                            progress.lastBatch(),
                            run);
            var inspected = Examples.inspected(signer.sign(batch), device);
            var admitted = (Admitted) Intake.admit(inspected, progress);
            findings.addAll(admitted.findings());
            progress = admitted.next();
        }
        findings.addAll(Intake.days(device, Channel.GENERATION, readings));
        return findings;
    }

    private static List<Finding> rejected(List<Finding> findings) {
        return findings.stream().filter(f -> f.outcome() == Outcome.REJECT).toList();
    }
}
