package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Period;

/// A file that was imported. It is a value: a part that is added, or its undoing, gives the next.
///
/// @param file SHA-256 of the file
/// @param receipts of the batches that came of it, in their order
/// @param span from its first interval to its last
/// @param stated the time that it speaks of
/// @param accepted how many intervals it stored
/// @param energyWattHours of those
/// @param undoneBy the entry that undid it
record ReadingImport(
        UUID id,
        DeviceId device,
        Channel channel,
        Sha256 file,
        List<Long> receipts,
        Period span,
        Coverage stated,
        int accepted,
        int findings,
        long energyWattHours,
        Optional<Long> undoneBy) {

    ReadingImport {
        receipts = List.copyOf(receipts);
    }

    /// @param receipt the place of the part's batch
    static ReadingImport begin(ImportPart part, long receipt) {
        return new ReadingImport(
                part.importId(),
                part.device(),
                part.channel(),
                part.file(),
                List.of(receipt),
                part.span(),
                part.stated(),
                part.accepted(),
                part.findings(),
                part.energyWattHours(),
                Optional.empty());
    }

    ReadingImport with(ImportPart part, long receipt) {
        var all = new ArrayList<>(receipts);
        all.add(receipt);
        var start = span.start().isBefore(part.span().start()) ? span.start() : part.span().start();
        var end = span.end().isAfter(part.span().end()) ? span.end() : part.span().end();
        return new ReadingImport(
                id,
                device,
                channel,
                file,
                all,
                new Period(start, end),
                stated.plus(part.stated()),
                Math.addExact(accepted, part.accepted()),
                Math.addExact(findings, part.findings()),
                Math.addExact(energyWattHours, part.energyWattHours()),
                undoneBy);
    }

    ReadingImport undone(long by) {
        return new ReadingImport(
                id,
                device,
                channel,
                file,
                receipts,
                span,
                stated,
                accepted,
                findings,
                energyWattHours,
                Optional.of(by));
    }

    /// Whether a part may be added: the same file, for the same series, and not undone.
    boolean goesOnWith(AcceptImport command) {
        var batch = command.inspected().batch();
        return device.equals(batch.device())
                && channel == batch.channel()
                && file.equals(command.file())
                && undoneBy.isEmpty();
    }
}
