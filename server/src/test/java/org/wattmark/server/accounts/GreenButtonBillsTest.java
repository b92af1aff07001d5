package org.wattmark.server.accounts;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.GreenButtonWriter;
import org.wattmark.metering.Installation;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Site;
import org.wattmark.metering.TableRow;
import org.wattmark.units.Period;

class GreenButtonBillsTest {

    private static final Device METER =
            new Device(
                    new DeviceId(UUID.randomUUID()),
                    DeviceSigner.withNewKey().key(),
                    UUID.randomUUID(),
                    Site.of("America/Denver", "39.742", "-105.173", 1830, "US"),
                    new Installation(6_000, Installation.Mounting.FIXED),
                    AssuranceTier.T1,
                    Device.DEFAULT_INTERVAL,
                    true);

    private static IntervalReading reading(String start, long wattHours) {
        return new IntervalReading(
                Period.starting(Instant.parse(start), METER.intervalLength()), wattHours);
    }

    private static BillFile.Table table(Channel channel) {
        var feed =
                GreenButtonWriter.feedOf(
                        METER,
                        channel,
                        List.of(
                                reading("2025-07-01T19:00:00Z", 900),
                                reading("2025-07-01T19:15:00Z", 800),
                                reading("2025-08-03T00:00:00Z", 500)));
        return GreenButtonBills.table(
                GreenButtonWriter.write(feed, Instant.parse("2025-08-04T00:00:00Z")));
    }

    @Test
    void areARowForEachMonthOfWhatWasDelivered() {
        var rows = table(Channel.IMPORT).rows();

        assertThat(rows).hasSize(3);
        assertThat(rows.get(1).cells().stream().map(TableRow.Cell::text).toList())
                .startsWith("electricity", "1.700000000", "kWh", "2025-07-01", "2025-07-01");
        assertThat(rows.get(2).cells().stream().map(TableRow.Cell::text).toList())
                .startsWith("electricity", "0.500000000", "kWh", "2025-08-03", "2025-08-03");
    }

    @Test
    void areNotMadeOfWhatTheUtilityReceived() {
        assertThat(table(Channel.EXPORT).fault()).get().asString().contains("delivered");
    }

    @Test
    void areNotMadeOfOtherXml() {
        var table = GreenButtonBills.table("<invoice/>".getBytes(StandardCharsets.UTF_8));

        assertThat(table.fault()).get().asString().startsWith("The file is not taken");
    }
}
