package org.wattmark.server.conformance;

/// What a device that sends packets of a Carbon Smart Meter has to keep to, as far as what it sent
/// tells.
enum PacketRule implements Rule {
    BYTES("packet.bytes", "A body is 1 to 2,880 packets of 116 bytes, one behind the other."),
    DEVICE("packet.device", "Each packet names the device by its maker's id."),
    SIGNATURE("packet.signature", "Each packet is signed by the device's key."),
    YEARS("clock.years", "The seconds lie in the years 2000 to 2199."),
    FUTURE("clock.future", "No sample is more than five minutes after it is sent."),
    NUMBERS("sample.numbers", "Voltage and current are finite and not below zero."),
    POWER("sample.power", "Voltage × current is within 1.5 × the nameplate."),
    RESISTANCE("sample.resistance", "Resistance is voltage / current, within 1 %."),
    ONE_A_SECOND("order.one-a-second", "A second has one sample, however often it is sent."),
    ORDER("order.time", "Samples are sent in the order of their seconds."),
    CADENCE("order.cadence", "In daylight, samples with power are at most 60 s apart."),
    QUEUE_KEEPS("queue.keeps", "After 429 or 503 the same packet comes again before any other."),
    QUEUE_RETRY_AFTER("queue.retry-after", "It waits as long as Retry-After asks.");

    private final String id;
    private final String says;

    PacketRule(String id, String says) {
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
