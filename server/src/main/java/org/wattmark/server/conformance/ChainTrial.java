package org.wattmark.server.conformance;

import static org.wattmark.server.conformance.DeviceRule.CHAIN_PREVIOUS;
import static org.wattmark.server.conformance.DeviceRule.CHAIN_RESEND;
import static org.wattmark.server.conformance.DeviceRule.CHAIN_SEQUENCE;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.wattmark.metering.Sha256;
import org.wattmark.server.conformance.CaptureTrial.Read;

/// The chain of a device's batches. A capture may begin anywhere in it.
final class ChainTrial {

    private final List<Read> read;
    private final Map<DeviceRule, Tried> tried;

    /// The first batch of each sequence.
    private final TreeMap<Long, Read> bySequence = new TreeMap<>();

    ChainTrial(List<Read> read, Map<DeviceRule, Tried> tried) {
        this.read = read;
        this.tried = tried;
    }

    void run() {
        read.forEach(this::resent);
        Read before = null;
        for (var each : bySequence.values()) {
            if (before != null) {
                follows(before, each);
            } else if (each.batch().sequence() == 1) {
                tried(CHAIN_PREVIOUS).with(named(each, Sha256.NONE));
            }
            before = each;
        }
    }

    private Tried tried(DeviceRule rule) {
        return Optional.ofNullable(tried.get(rule)).orElseThrow();
    }

    private void resent(Read each) {
        var first = bySequence.putIfAbsent(each.batch().sequence(), each);
        if (first != null) {
            tried(CHAIN_RESEND)
                    .with(
                            first.batch().equals(each.batch())
                                    ? Optional.empty()
                                    : Optional.of(
                                            each.where()
                                                    + " is another batch than line "
                                                    + first.sent().line()));
        }
    }

    private void follows(Read before, Read each) {
        long missing = each.batch().sequence() - before.batch().sequence() - 1;
        if (missing > 0) {
            tried(CHAIN_SEQUENCE).fault(each.where() + ": " + missing + " before it were left out");
            return; // nobody knows which hash it had to name
        }
        tried(CHAIN_SEQUENCE).sound();
        tried(CHAIN_PREVIOUS).with(named(each, before.batch().sha256()));
    }

    private static Optional<String> named(Read each, Sha256 expected) {
        return each.batch().previous().equals(expected)
                ? Optional.empty()
                : Optional.of(
                        "%s names %s…, and the one before is %s…"
                                .formatted(
                                        each.where(),
                                        each.batch().previous().hex().substring(0, 16),
                                        expected.hex().substring(0, 16)));
    }
}
