package org.wattmark.server.edge;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.wattmark.metering.BatchQueue;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.edge.EdgeState.Run;

/// Readings that wait for the server, for weeks if need be.
///
/// They are signed when they are about to be sent, so that what has waited long goes out as few
/// large batches. Once signed they stay as they are: after a crash the same bytes are sent again,
/// and the server answers with the receipt that it gave.
final class Outbox {

    private final BatchQueue signed;
    private final Map<Channel, List<IntervalReading>> unsigned = new EnumMap<>(Channel.class);

    Outbox(EdgeState state, DeviceSigner signer) {
        signed =
                new BatchQueue(
                        new DeviceId(state.device()),
                        signer,
                        state.sequence(),
                        new Sha256(state.batch()));
        state.signed().forEach(run -> signed.add(run.channel(), run.intervals()));
        state.unsigned().forEach(run -> add(run.channel(), run.intervals()));
    }

    void add(Channel channel, List<IntervalReading> readings) {
        if (!readings.isEmpty()) {
            unsigned.computeIfAbsent(channel, _ -> new ArrayList<>()).addAll(readings);
        }
    }

    /// Readings that have not been taken.
    int size() {
        int inBatches = signed.waiting().stream().mapToInt(batch -> batch.readings().size()).sum();
        return inBatches + unsigned.values().stream().mapToInt(List::size).sum();
    }

    /// The batch to send now. What this signs has to be kept before it leaves.
    Optional<SignedBatch> first() {
        if (signed.size() == 0) {
            unsigned.forEach(signed::add);
            unsigned.clear();
        }
        return signed.first();
    }

    void firstWasTaken() {
        signed.firstWasTaken();
    }

    /// The server will never take the first batch. Of one of many readings perhaps a single one is
    /// to blame, so they are signed anew one by one; a single one is given up.
    ///
    /// @return the reading that is given up
    Optional<IntervalReading> firstWasRefused() {
        var refused = signed.first().orElseThrow().batch();
        signed.firstWasRefused();
        if (refused.readings().size() == 1) {
            return Optional.of(refused.readings().getFirst());
        }
        // They go in front of the others, which are signed behind them.
        var others = signed.waiting();
        others.forEach(_ -> signed.firstWasTaken());
        signed.resumeAt(refused.sequence() - 1, refused.previous());
        refused.readings().forEach(one -> signed.add(refused.channel(), List.of(one)));
        others.forEach(batch -> signed.add(batch.channel(), batch.readings()));
        return Optional.empty();
    }

    /// Goes on from the last batch that the server says it has.
    void resumeAt(long sequence, Sha256 batch) {
        signed.resumeAt(sequence, batch);
    }

    /// Gives up unsigned readings that end after this time: the clock that gave them was wrong.
    ///
    /// @return how many
    int giveUpAfter(Instant time) {
        int before = size();
        unsigned.values()
                .forEach(
                        readings -> readings.removeIf(each -> each.interval().end().isAfter(time)));
        return before - size();
    }

    BatchQueue.Place place() {
        return signed.place();
    }

    List<Run> signed() {
        return signed.waiting().stream().map(Outbox::run).toList();
    }

    private static Run run(ReadingBatch batch) {
        return Run.of(batch.channel(), batch.readings());
    }

    List<Run> unsigned() {
        return unsigned.entrySet().stream()
                .filter(each -> !each.getValue().isEmpty())
                .map(each -> Run.of(each.getKey(), each.getValue()))
                .toList();
    }
}
