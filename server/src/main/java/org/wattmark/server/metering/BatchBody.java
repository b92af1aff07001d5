package org.wattmark.server.metering;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.metering.Sha256;
import org.wattmark.metering.SignedBatch;
import org.wattmark.units.Period;

/// A signed batch on the wire. Its canonical bytes are made again from these fields, so what was
/// signed is what is understood.
///
/// @param sequence counts the device's batches from 1
/// @param previous SHA-256 of the batch before this one, 64 zeros for the first
/// @param signature of the batch's canonical bytes by the device's key, in Base64
record BatchBody(
        Channel channel,
        long sequence,
        String previous,
        List<ReadingBody> readings,
        String signature) {

    BatchBody {
        Fields.present("channel", channel);
        Fields.present("previous", previous);
        Fields.present("readings", readings).forEach(each -> Fields.present("a reading", each));
        Fields.present("signature", signature);
    }

    /// @param start of the interval, which is as long as all of its device's
    record ReadingBody(Instant start, long wattHours) {

        ReadingBody {
            Fields.present("start", start);
        }
    }

    SignedBatch toBatch(DeviceId device, Duration interval) {
        var before = Fields.at("/previous", () -> new Sha256(previous));
        DeviceSignature by = BondBody.signatureAt("/signature", signature);
        var all = new ArrayList<IntervalReading>();
        for (int i = 0; i < readings.size(); i++) {
            all.add(reading("/readings/" + i, readings.get(i), interval));
        }
        if (sequence < 1) {
            throw Fields.invalid("/sequence", "sequences start at 1, not " + sequence);
        }
        return new SignedBatch(
                Fields.at(
                        "/readings",
                        () -> new ReadingBatch(device, channel, sequence, before, all)),
                by);
    }

    /// A petawatt-hour in one interval is beyond any meter, and a batch of them still has a sum.
    static final long MOST_WATT_HOURS = 1_000_000_000_000_000L;

    private static IntervalReading reading(String pointer, ReadingBody body, Duration interval) {
        if (Math.abs(body.wattHours()) > MOST_WATT_HOURS || body.wattHours() == Long.MIN_VALUE) {
            throw Fields.invalid(
                    pointer + "/watt_hours",
                    body.wattHours() + " Wh are more than " + MOST_WATT_HOURS + " Wh");
        }
        return Fields.at(
                pointer,
                () ->
                        new IntervalReading(
                                Period.starting(body.start(), interval), body.wattHours()));
    }
}
