package org.wattmark.server.conformance;

/// What a device that signs batches has to keep to, as far as what it sent tells.
enum DeviceRule implements Rule {
    BODY_JSON("body.json", "The body is JSON with the documented fields and no others."),
    BODY_SIZE("body.size", "A body has at most 1,000,000 bytes and 1 to 2,976 readings."),
    SIGNING_CANONICAL("signing.canonical", "The canonical bytes of what is sent are signed."),
    SIGNING_SIGNATURE("signing.signature", "Every batch is signed by the device's key."),
    CHAIN_SEQUENCE("chain.sequence", "Sequences count up by one, and none is left out."),
    CHAIN_PREVIOUS("chain.previous", "Each batch names the hash of the one before."),
    CHAIN_RESEND("chain.resend", "A sequence that is sent again is the same batch."),
    INTERVAL_LENGTH("interval.length", "All intervals are as long as the bond says."),
    INTERVAL_ALIGNED("interval.aligned", "Intervals start at whole multiples of their length."),
    INTERVAL_ORDER("interval.order", "The readings of a batch are in the order of time."),
    INTERVAL_OVERLAP("interval.overlap", "The readings of a batch do not overlap."),
    INTERVAL_ONCE("interval.once", "An interval is spoken of in one batch only."),
    CLOCK_FUTURE("clock.future", "No interval ends more than five minutes after it is sent."),
    CLOCK_SUN("clock.sun", "The days' energy lies around the sun's noon, within 75 minutes."),
    ENERGY_NEGATIVE("energy.negative", "Negative readings are no larger than standby power."),
    ENERGY_CAPACITY("energy.capacity", "No reading is above what the panels can make at all."),
    ENERGY_NIGHT("energy.night", "Nothing is made while the sun is deep below the horizon."),
    ENERGY_CLEAR_SKY("energy.clear-sky", "No reading is above what a clear sky gives."),
    ENERGY_DAY("energy.day", "No day is above what panels of this mounting make."),
    QUEUE_ORDER("queue.order", "Batches are sent in the order of their sequences."),
    QUEUE_LATE("queue.late", "Batches that waited are sent oldest first, and later ones after."),
    QUEUE_KEEPS("queue.keeps", "After 429 or 503 the same batch comes again before any other."),
    QUEUE_RETRY_AFTER("queue.retry-after", "It waits as long as Retry-After asks.");

    private final String id;
    private final String says;

    DeviceRule(String id, String says) {
        this.id = id;
        this.says = says;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String says() {
        return says;
    }
}
