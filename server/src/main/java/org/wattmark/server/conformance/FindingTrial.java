package org.wattmark.server.conformance;

import java.time.Instant;
import java.util.List;
import org.wattmark.metering.IntervalReading;
import org.wattmark.server.client.Answer;
import org.wattmark.server.conformance.ServerTrial.Expectation;

/// What is taken and found to be impossible: the batch gets a receipt, the reading a finding. The
/// device stands in Madrid and has 6 kW peak, so 1,500 Wh a quarter hour by its nameplate.
final class FindingTrial {

    private final PlayedDevice device;
    private final Expectation expect;

    FindingTrial(PlayedDevice device, Expectation expect) {
        this.device = device;
        this.expect = expect;
    }

    void run() throws InterruptedException {
        // The sun stands at noon, at 68°, just before 12:15 UTC; at midnight it is at −27°.
        rejected(ServerRule.ENERGY_NIGHT, "2025-07-10T00:00:00Z", 500, "NIGHT");
        rejected(ServerRule.ENERGY_CAPACITY, "2025-07-10T12:00:00Z", 3_000, "CAPACITY");
        rejected(ServerRule.ENERGY_CLEAR_SKY, "2025-07-10T05:00:00Z", 1_500, "CLEAR_SKY");
        rejected(ServerRule.ENERGY_NEGATIVE, "2025-07-10T13:00:00Z", -500, "NEGATIVE");
        rejected(
                ServerRule.ENERGY_NO_DATA,
                "2025-07-10T14:00:00Z",
                IntervalReading.NO_DATA,
                "NO_DATA");
        expect.of(
                ServerRule.ENERGY_STANDBY,
                step("2025-07-10T01:00:00Z", -2),
                "201, accepted, 0 Wh",
                each ->
                        each.status() == 201
                                && each.json().path("accepted").asInt(0) == 1
                                && each.json().path("energy_watt_hours").asLong(-1) == 0);
    }

    private Answer step(String start, long wattHours) throws InterruptedException {
        return device.step(List.of(device.reading(Instant.parse(start), wattHours)));
    }

    private void rejected(ServerRule rule, String start, long wattHours, String finding)
            throws InterruptedException {
        expect.of(
                rule,
                step(start, wattHours),
                "201, rejected, with the finding " + finding,
                each ->
                        each.status() == 201
                                && each.json().path("rejected").asInt(0) == 1
                                && each.json().path("energy_watt_hours").asLong(-1) == 0
                                && each.json().at("/findings/0/rule").asString("").equals(finding));
    }
}
