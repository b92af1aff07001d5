package org.wattmark.metering;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/// A device's batches that wait for a network: signed, chained, in the order in which they must be
/// sent. They may wait for days; what comes after its period was closed is stored as late.
///
/// The chain is fixed when a batch is queued. What the server knows may differ when the network is
/// back, because an answer was lost or the device was set up anew: [#resumeAt] then goes on from
/// what the server says. It is used by one thread.
public final class BatchQueue {

    private final DeviceId device;
    private final DeviceSigner signer;
    private final Deque<SignedBatch> waiting = new ArrayDeque<>();
    private long lastSequence;
    private Sha256 lastBatch;

    /// @param lastSequence of the last batch that the server has, 0 before the first
    /// @param lastBatch its hash, [Sha256#NONE] before the first
    public BatchQueue(DeviceId device, DeviceSigner signer, long lastSequence, Sha256 lastBatch) {
        this.device = device;
        this.signer = signer;
        this.lastSequence = lastSequence;
        this.lastBatch = lastBatch;
    }

    /// Signs these readings as the next batches, and queues them.
    public void add(Channel channel, List<IntervalReading> readings) {
        for (var run : ReadingBatch.runs(readings)) {
            var batch = new ReadingBatch(device, channel, lastSequence + 1, lastBatch, run);
            waiting.add(signer.sign(batch));
            lastSequence = batch.sequence();
            lastBatch = batch.sha256();
        }
    }

    /// The batch to send now.
    public Optional<SignedBatch> first() {
        return Optional.ofNullable(waiting.peek());
    }

    public int size() {
        return waiting.size();
    }

    /// All that waits, in the order in which it is sent: what has to outlive a restart, together
    /// with [#place]. The same readings after the same place are the same batches again.
    public List<ReadingBatch> waiting() {
        return waiting.stream().map(SignedBatch::batch).toList();
    }

    /// The batch behind which the first that waits stands.
    public Place place() {
        var first = waiting.peek();
        return first == null
                ? new Place(lastSequence, lastBatch)
                : new Place(first.batch().sequence() - 1, first.batch().previous());
    }

    /// @param sequence of a batch, 0 before the first
    /// @param batch its hash, [Sha256#NONE] before the first
    public record Place(long sequence, Sha256 batch) {}

    /// The server has a receipt for the first batch.
    public void firstWasTaken() {
        waiting.remove();
    }

    /// The server will never take the first batch, such as one whose intervals it has already. The
    /// others are signed anew, for none may name a batch that nobody has.
    public void firstWasRefused() {
        var refused = waiting.remove().batch();
        signAnew(refused.sequence() - 1, refused.previous());
    }

    /// Goes on from the last batch that the server says it has.
    public void resumeAt(long sequence, Sha256 batch) {
        boolean isOurs =
                waiting.stream()
                        .map(SignedBatch::batch)
                        .anyMatch(each -> isThe(each, sequence, batch));
        if (isOurs) {
            waiting.removeIf(each -> each.batch().sequence() <= sequence);
        }
        var next = waiting.peek();
        boolean follows =
                next == null
                        ? lastSequence == sequence && lastBatch.equals(batch)
                        : next.batch().sequence() == sequence + 1
                                && next.batch().previous().equals(batch);
        if (!follows) {
            signAnew(sequence, batch);
        }
    }

    private static boolean isThe(ReadingBatch each, long sequence, Sha256 batch) {
        return each.sequence() == sequence && each.sha256().equals(batch);
    }

    private void signAnew(long sequence, Sha256 batch) {
        lastSequence = sequence;
        lastBatch = batch;
        var readings = new ArrayList<>(waiting);
        waiting.clear();
        readings.forEach(each -> add(each.batch().channel(), each.batch().readings()));
    }
}
