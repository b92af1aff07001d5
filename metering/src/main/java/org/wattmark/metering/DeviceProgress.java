package org.wattmark.metering;

import java.util.EnumMap;
import java.util.Map;
import org.wattmark.units.Period;

/// How far a device has come: what the next batch is judged against. It is a value; a batch that is
/// taken in gives the next one.
///
/// @param lastSequence of the last batch taken in, 0 before the first
/// @param lastBatch its hash, [Sha256#NONE] before the first
/// @param stated the time for which each channel has said something, also what was rejected: a
///   second value for it would be a way to feel for the bound
/// @param closed the time that claims have closed: what arrives for it is late
public record DeviceProgress(
        long lastSequence,
        Sha256 lastBatch,
        Map<Channel, Coverage> stated,
        Map<Channel, Coverage> closed) {

    public static final DeviceProgress NONE =
            new DeviceProgress(0, Sha256.NONE, Map.of(), Map.of());

    public DeviceProgress {
        stated = Map.copyOf(stated);
        closed = Map.copyOf(closed);
    }

    public Coverage stated(Channel channel) {
        return stated.getOrDefault(channel, Coverage.NONE);
    }

    public Coverage closed(Channel channel) {
        return closed.getOrDefault(channel, Coverage.NONE);
    }

    DeviceProgress after(ReadingBatch batch, Sha256 hash, Coverage said) {
        return new DeviceProgress(
                batch.sequence(), hash, with(stated, batch.channel(), said), closed);
    }

    /// Closes a period for a channel: its readings were claimed, so what comes for it is late.
    public DeviceProgress closing(Channel channel, Period period) {
        return new DeviceProgress(
                lastSequence, lastBatch, stated, with(closed, channel, Coverage.NONE.plus(period)));
    }

    /// Gives the time of readings back that were undone: it can be spoken of again.
    public DeviceProgress without(Channel channel, Coverage undone) {
        var after = new EnumMap<Channel, Coverage>(Channel.class);
        after.putAll(stated);
        var left = stated(channel).minus(undone);
        if (left.isEmpty()) {
            after.remove(channel);
        } else {
            after.put(channel, left);
        }
        return new DeviceProgress(lastSequence, lastBatch, after, closed);
    }

    private static Map<Channel, Coverage> with(
            Map<Channel, Coverage> before, Channel channel, Coverage more) {
        var after = new EnumMap<Channel, Coverage>(Channel.class);
        after.putAll(before);
        after.merge(channel, more, Coverage::plus);
        return after;
    }
}
