package org.wattmark.server.metering;

import static org.wattmark.metering.BatchReceipt.salted;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.BatchReceipt;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.Finding;
import org.wattmark.metering.Finding.Outcome;
import org.wattmark.metering.Finding.Rule;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// A batch of readings was taken in. The log shows its [BatchReceipt]. All that the receipt commits
/// to is private content, so every leaf, device's progress and interval can be derived again.
///
/// @param signature empty if something else vouched for the batch: an authenticated feed, a file
/// @param findings of the intake, in their order
public record BatchReceived(
        ReadingBatch batch, Optional<DeviceSignature> signature, List<Finding> findings)
        implements Fact {

    public static final String DOMAIN = "wattmark/batch-received/v1";

    public BatchReceived {
        findings = List.copyOf(findings);
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .bytes(batch.canonicalBytes())
                .bytes(signature.map(DeviceSignature::bytes).orElse(new byte[0]))
                .bytes(Finding.canonicalBytes(findings))
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        var accepted = accepted();
        return new BatchReceipt(
                        batch.device(),
                        batch.channel(),
                        batch.sequence(),
                        salted(salt, batch.canonicalBytes()),
                        accepted.size(),
                        batch.readings().size() - accepted.size(),
                        energyOf(accepted),
                        salted(salt, Finding.canonicalBytes(findings)))
                .canonicalBytes();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// The readings that no finding rejects, in the order of time.
    public List<IntervalReading> accepted() {
        var rejected = new HashSet<Period>();
        for (var finding : findings) {
            if (finding.outcome() == Outcome.REJECT) {
                rejected.add(finding.interval());
            }
        }
        if (rejected.isEmpty()) {
            return batch.readings();
        }
        return batch.readings().stream()
                .filter(reading -> !rejected.contains(reading.interval()))
                .toList();
    }

    /// The intervals that arrived after their period was closed.
    public List<Period> late() {
        return findings.stream()
                .filter(finding -> finding.rule() == Rule.LATE)
                .map(Finding::interval)
                .toList();
    }

    /// The time that the batch speaks of: all but what it has no data for.
    public Coverage stated() {
        return Coverage.of(
                batch.readings().stream()
                        .filter(each -> each.rawWattHours() != IntervalReading.NO_DATA)
                        .map(IntervalReading::interval)
                        .toList());
    }

    public Sha256 hash() {
        return batch.sha256();
    }

    static Energy energyOf(List<IntervalReading> readings) {
        return Energy.sum(readings.stream().map(IntervalReading::energy).toList());
    }

    /// Reads [#content].
    public static BatchReceived of(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var batch = ReadingBatch.read(reader.bytes());
            var signature = Bytes.of(reader.bytes());
            var findings = FindingBytes.read(reader.bytes());
            reader.end();
            return new BatchReceived(
                    batch,
                    signature.isEmpty()
                            ? Optional.empty()
                            : Optional.of(DeviceSignature.of(signature.toByteArray())),
                    findings);
        } catch (IllegalArgumentException e) {
            throw new Malformed("not a batch: " + e.getMessage());
        }
    }
}
