package org.wattmark.server.simulate;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.wattmark.server.simulate.Uplink.Told;

/// What was sent and what came of it, over all devices or one.
final class Tally {

    private long batches;
    private long sent;
    private long accepted;
    private long rejected;
    private long findings;
    private long wattHours;
    private final Map<String, Long> rules = new TreeMap<>();
    private final Map<String, Long> refusals = new TreeMap<>();
    private final Map<String, String> reasons = new LinkedHashMap<>();

    synchronized void taken(int readings, Told told) {
        var receipt = told.body();
        batches++;
        sent += readings;
        accepted += receipt.path("accepted").asLong();
        rejected += receipt.path("rejected").asLong();
        wattHours += receipt.path("energy_watt_hours").asLong();
        findings += receipt.path("findings").size() + receipt.path("more_findings").asLong();
        for (var finding : receipt.path("findings")) {
            rules.merge(finding.path("rule").asString(), 1L, Long::sum);
        }
    }

    synchronized void refused(int readings, Told told) {
        batches++;
        sent += readings;
        refusals.merge(told.code(), 1L, Long::sum);
        reasons.putIfAbsent(told.code(), told.detail());
    }

    synchronized void failed(String why) {
        refusals.merge("device_given_up", 1L, Long::sum);
        reasons.putIfAbsent("device_given_up", why);
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized long findings() {
        return findings;
    }

    synchronized long refusedBatches() {
        return refusals.values().stream().mapToLong(Long::longValue).sum();
    }

    synchronized boolean gaveUp() {
        return refusals.containsKey("device_given_up");
    }

    /// One line, for progress.
    synchronized String line() {
        return "%d batches, %d readings sent; %d accepted, %d rejected, %d findings, %d refused"
                .formatted(batches, sent, accepted, rejected, findings, refusedBatches());
    }

    synchronized String energy() {
        return "%.3f kWh".formatted(wattHours / 1_000.0);
    }

    /// By which rules findings were made, as far as receipts name them.
    synchronized Map<String, Long> rules() {
        return new TreeMap<>(rules);
    }

    /// Each code of refusals, how often it came, and the first one's reason.
    synchronized Map<String, String> refusals() {
        var all = new TreeMap<String, String>();
        refusals.forEach((code, count) -> all.put(code, count + " times: " + reasons.get(code)));
        return all;
    }
}
