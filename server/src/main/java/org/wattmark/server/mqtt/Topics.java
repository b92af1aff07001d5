package org.wattmark.server.mqtt;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.metering.DeviceId;

/// The one scheme of topics: everything of a device is below `meters/{device}/`.
final class Topics {

    /// What the server reads. Of all who subscribe under the name `wattmark` one gets each batch.
    static final String ALL_BATCHES = "$share/wattmark/meters/+/batches";

    /// The same for packets.
    static final String ALL_PACKETS = "$share/wattmark/meters/+/packets";

    private static final String PREFIX = "meters/";
    private static final String BATCHES = "/batches";
    private static final String PACKETS = "/packets";
    private static final String RECEIPTS = "/receipts";

    private Topics() {}

    /// Where the device publishes signed batches.
    static String batchesOf(DeviceId device) {
        return PREFIX + device + BATCHES;
    }

    /// Where the device publishes packets, if it sends those.
    static String packetsOf(DeviceId device) {
        return PREFIX + device + PACKETS;
    }

    static boolean isOfPackets(String topic) {
        return topic.endsWith(PACKETS);
    }

    /// Where the device reads what came of them.
    static String receiptsOf(DeviceId device) {
        return PREFIX + device + RECEIPTS;
    }

    /// Whether the device may read there: its receipts, and what it sorts below them.
    static boolean isReceiptOf(DeviceId device, String topic) {
        var receipts = receiptsOf(device);
        return topic.equals(receipts) || topic.startsWith(receipts + "/");
    }

    /// The device whose batches or packets come by this topic.
    static Optional<DeviceId> deviceOf(String topic) {
        var end = isOfPackets(topic) ? PACKETS : BATCHES;
        return topic.startsWith(PREFIX)
                        && topic.endsWith(end)
                        && topic.length() > PREFIX.length() + end.length()
                ? device(topic.substring(PREFIX.length(), topic.length() - end.length()))
                : Optional.empty();
    }

    /// The device of this name. A device has one name only: lower case, nothing left out.
    static Optional<DeviceId> device(String name) {
        try {
            var id = UUID.fromString(name);
            return id.toString().equals(name) ? Optional.of(new DeviceId(id)) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
