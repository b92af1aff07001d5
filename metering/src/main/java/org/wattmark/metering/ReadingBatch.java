package org.wattmark.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.wattmark.units.Canonical;

/// Readings of one channel that a device signs at once. The sequence counts the device's batches
/// from 1 without gaps, and each batch names the hash of the one before: none can be sent twice,
/// left out or exchanged.
///
/// It is a value: two with the same parts are equal.
public final class ReadingBatch {

    private static final String DOMAIN = "wattmark/reading-batch/v1";

    /// 31 days of quarter hours.
    public static final int MAX_READINGS = 31 * 24 * 4;

    private final DeviceId device;
    private final Channel channel;
    private final long sequence;
    private final Sha256 previous;
    private final List<IntervalReading> readings;

    /// Made when they are first asked for: signature, hash, receipt and evidence all need them. Two
    /// threads may both make them; they make the same.
    private volatile byte @Nullable [] canonical;

    private volatile @Nullable Sha256 hash;

    /// @param previous hash of the device's batch before this one, [Sha256#NONE] for the first
    public ReadingBatch(
            DeviceId device,
            Channel channel,
            long sequence,
            Sha256 previous,
            List<IntervalReading> readings) {
        if (sequence < 1) {
            throw new IllegalArgumentException("sequences start at 1, not " + sequence);
        }
        if (readings.isEmpty() || readings.size() > MAX_READINGS) {
            throw new IllegalArgumentException(
                    "a batch holds 1 to " + MAX_READINGS + " readings, not " + readings.size());
        }
        this.device = device;
        this.channel = channel;
        this.sequence = sequence;
        this.previous = previous;
        this.readings = List.copyOf(readings);
    }

    public DeviceId device() {
        return device;
    }

    public Channel channel() {
        return channel;
    }

    public long sequence() {
        return sequence;
    }

    public Sha256 previous() {
        return previous;
    }

    public List<IntervalReading> readings() {
        return readings;
    }

    /// Cuts readings of any number into runs that each fit into a batch.
    public static List<List<IntervalReading>> runs(List<IntervalReading> readings) {
        var runs = new ArrayList<List<IntervalReading>>();
        for (int from = 0; from < readings.size(); from += MAX_READINGS) {
            runs.add(readings.subList(from, Math.min(from + MAX_READINGS, readings.size())));
        }
        return runs;
    }

    /// What the device signs.
    public byte[] canonicalBytes() {
        return known().clone();
    }

    private byte[] known() {
        var known = canonical;
        if (known == null) {
            var bytes =
                    Canonical.of(DOMAIN)
                            .id(device.value())
                            .text(channel.name())
                            .number(sequence)
                            .bytes(previous.bytes())
                            .number(readings.size());
            readings.forEach(
                    reading -> bytes.period(reading.interval()).number(reading.rawWattHours()));
            known = bytes.toByteArray();
            canonical = known;
        }
        return known;
    }

    /// Reads [#canonicalBytes], which is how a batch is kept as evidence.
    public static ReadingBatch read(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var device = new DeviceId(reader.id());
            var channel = Channel.valueOf(reader.text());
            long sequence = reader.number();
            var previous = Sha256.ofDigest(reader.bytes());
            long size = reader.number();
            var readings = new ArrayList<IntervalReading>();
            for (long i = 0; i < size; i++) {
                readings.add(new IntervalReading(reader.period(), reader.number()));
            }
            reader.end();
            return new ReadingBatch(device, channel, sequence, previous, readings);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed("not a batch of readings: " + e.getMessage());
        }
    }

    public Sha256 sha256() {
        var known = hash;
        if (known == null) {
            known = Sha256.of(known());
            hash = known;
        }
        return known;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ReadingBatch batch
                && device.equals(batch.device)
                && channel == batch.channel
                && sequence == batch.sequence
                && previous.equals(batch.previous)
                && readings.equals(batch.readings);
    }

    @Override
    public int hashCode() {
        return Objects.hash(device, channel, sequence, previous, readings);
    }

    @Override
    public String toString() {
        return "batch %d of %s, %s: %s".formatted(sequence, device, channel, readings);
    }
}
