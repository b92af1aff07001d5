package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.Channel;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Period;

/// The energy of a device by civil days and months of its site, over real HTTP.
class EnergyOverHttpTest extends MeterServerTest {

    private String energy(Panel panel, String query) {
        return panel.path() + "/energy?" + query;
    }

    @Test
    void daysAreThoseOfTheSiteAndAddUpToWhatWasAccepted() {
        var panel = bondedPanel();
        // From midnight in Golden to midnight two days later: summer time ends in between.
        var days =
                new Period(
                        Instant.parse("2025-11-01T06:00:00Z"),
                        Instant.parse("2025-11-03T07:00:00Z"));
        long accepted =
                bodyOf(send(panel, panel.meter().honest(days))).get("energy_watt_hours").asLong();

        var answer = bodyOf(get(energy(panel, "from=2025-10-31&to=2025-11-04"), panel.owner()));

        assertThat(answer.get("zone").asString()).isEqualTo("America/Denver");
        assertThat(answer.get("watt_hours").asLong()).isEqualTo(accepted).isPositive();
        assertThat(answer.get("data").valueStream().map(it -> it.get("from").asString()))
                .containsExactly("2025-10-31", "2025-11-01", "2025-11-02", "2025-11-03");
        assertThat(answer.get("data").valueStream().map(it -> it.get("intervals").asLong()))
                .containsExactly(0L, 96L, 100L, 0L);
        assertThat(
                        answer.get("data")
                                .valueStream()
                                .mapToLong(it -> it.get("watt_hours").asLong())
                                .sum())
                .isEqualTo(accepted);
    }

    @Test
    void monthsAreWhole() {
        var panel = bondedPanel();
        var quarter = Duration.ofMinutes(15);
        var batch =
                new ReadingBatch(
                        panel.device().id(),
                        Channel.IMPORT,
                        1,
                        Sha256.NONE,
                        List.of(
                                new IntervalReading(
                                        Period.starting(
                                                Instant.parse("2025-06-01T05:45:00Z"), quarter),
                                        5),
                                new IntervalReading(
                                        Period.starting(
                                                Instant.parse("2025-06-01T06:00:00Z"), quarter),
                                        7)));
        send(panel, panel.signer().sign(batch));

        var answer =
                bodyOf(
                        get(
                                energy(
                                        panel,
                                        "from=2025-05-31&to=2025-06-02&per=MONTH&channel=IMPORT"),
                                panel.owner()));

        assertThat(answer.get("data").valueStream().map(it -> it.get("from").asString()))
                .containsExactly("2025-05-01", "2025-06-01");
        assertThat(answer.get("data").valueStream().map(it -> it.get("watt_hours").asLong()))
                .containsExactly(5L, 7L);
    }

    @Test
    void whatCannotBeSummedIsRefusedByName() {
        var panel = bondedPanel();

        var tooLong = get(energy(panel, "from=2025-01-01&to=2026-01-03"), panel.owner());
        thenRefused(tooLong, 400, "invalid_value");
        assertThat(tooLong.body()).contains("?to", "2026-01-03", "366 times a DAY");
        thenRefused(
                get(energy(panel, "from=2025-01-01&to=2025-01-01"), panel.owner()),
                400,
                "invalid_value");
        thenRefused(
                get(energy(panel, "from=1999-12-31&to=2025-01-01&per=MONTH"), panel.owner()),
                400,
                "invalid_value");
        thenRefused(
                get(energy(panel, "from=2025-01-01&to=2025-02-01"), newOwner()),
                404,
                "device_unknown");
    }
}
