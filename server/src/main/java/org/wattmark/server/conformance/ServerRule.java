package org.wattmark.server.conformance;

/// What a server answers to a device, as it is documented. Each is shown by a device that the kit
/// plays, so that a maker can compare.
enum ServerRule implements Rule {
    BOND_SIGNATURE("bond.signature", "A challenge that another key signed bonds nothing."),
    BOND_ACCEPTED("bond.accepted", "A challenge that the device's key signed bonds it."),
    BOND_KEY_ONCE("bond.key-once", "A key bonds one device, and no second one."),
    BATCH_ACCEPTED("batch.accepted", "An honest batch is taken, whole and with a receipt."),
    REPLAY_SAME("replay.same-bytes", "The same batch again gets the same receipt."),
    REPLAY_OTHER("replay.other-bytes", "Another batch under a used sequence is a conflict."),
    SEQUENCE_GAP("sequence.gap", "A batch that lacks the one before it is a conflict."),
    SEQUENCE_CLOSES("sequence.gap-closes", "It is taken when the one before has come."),
    SEQUENCE_ZERO("sequence.zero", "Sequences start at 1."),
    CHAIN_BROKEN("chain.broken", "A batch that names another hash is a conflict."),
    PROGRESS("progress.told", "The server tells where a device that lost its place goes on."),
    INTERVAL_STORED("interval.stored", "An interval that was spoken of is a conflict."),
    INTERVAL_OVERLAP("interval.overlap", "Intervals of a batch that overlap are refused."),
    INTERVAL_ORDER("interval.order", "Intervals of a batch that go back are refused."),
    INTERVAL_ALIGNED("interval.aligned", "Intervals beside the grid are refused."),
    INTERVAL_LENGTH("interval.length", "A period longer than the bond's was not signed for."),
    INTERVAL_FUTURE("interval.future", "An interval of the future is refused."),
    CLOCK_SKEW("clock.skew", "A clock that runs minutes ahead is borne with."),
    BATCH_EMPTY("batch.empty", "A batch without a reading is refused."),
    BATCH_OVERSIZE("batch.oversize", "A batch of 2,977 readings is refused."),
    BODY_OVERSIZE("body.oversize", "A body of more than 10,000,000 bytes is refused."),
    BODY_MALFORMED("body.malformed", "A body that is no JSON is refused."),
    BODY_UNKNOWN_FIELD("body.unknown-field", "A field that nobody knows is refused."),
    BODY_MISSING_FIELD("body.missing-field", "A field that is missing is refused."),
    SIGNATURE_WRONG("signature.wrong", "A signature with one bit turned is refused."),
    SIGNATURE_SHORT("signature.short", "A signature of 63 bytes is refused."),
    SIGNATURE_KEY("signature.other-key", "A batch that another key signed is refused."),
    CONTENT_CHANGED("signature.other-content", "A reading that was changed is refused."),
    DEVICE_UNKNOWN("device.unknown", "A device that is not bonded does not exist."),
    TOKEN_MISSING("token.missing", "Nobody sends batches without a token."),
    ENERGY_NIGHT("energy.night", "Energy of the night is rejected, with a finding."),
    ENERGY_CAPACITY("energy.capacity", "More than the panels can make is rejected."),
    ENERGY_CLEAR_SKY("energy.clear-sky", "More than a clear sky gives is rejected."),
    ENERGY_NEGATIVE("energy.negative", "A large negative reading is rejected."),
    ENERGY_STANDBY("energy.standby", "A small negative reading is taken as none."),
    ENERGY_NO_DATA("energy.no-data", "The number −1,000,000 stands for no data."),
    LATE("queue.late", "Batches that are months late are taken in their order."),
    PACKET_DEPOSITED("packet.deposited", "A maker deposits a device and gets its box's code."),
    PACKET_BONDED("packet.bonded", "Whoever has the code bonds the device, without a challenge."),
    PACKET_KEY("packet.key-once", "A key that signs packets bonds no device for batches."),
    PACKET_ACCEPTED("packet.accepted", "A packet is taken, with a receipt."),
    PACKET_SAME("packet.same-bytes", "The same packet again gets the same receipt."),
    PACKET_ENERGY("packet.energy", "The lesser power counts for the seconds in between."),
    PACKET_CONFLICT("packet.conflict", "Another sample of a second is a conflict."),
    PACKET_OLDER("packet.older", "A sample before the last one that was taken is refused."),
    PACKET_GAP("packet.gap", "More than 60 s between two packets count nothing."),
    PACKET_OPEN("packet.open-circuit", "Voltage without current is no energy."),
    PACKET_NAN("packet.not-a-number", "A voltage that is no number is refused."),
    PACKET_INFINITE("packet.infinite", "A current that is infinite is refused."),
    PACKET_NEGATIVE("packet.negative", "A current below zero is refused."),
    PACKET_POWER("packet.power", "More than 1.5 × the nameplate is refused."),
    PACKET_FUTURE("packet.future", "A sample of the future is refused."),
    PACKET_YEARS("packet.years", "A sample of the years before 2000 is refused."),
    PACKET_SIGNATURE("packet.signature", "A packet that another key signed is refused."),
    PACKET_DEVICE("packet.another-device", "A packet that names another device is refused."),
    PACKET_PROTOCOL("packet.protocol", "A device that signs batches sends no packets."),
    PACKET_LENGTH("packet.length", "A packet of 115 bytes is refused.");

    private final String id;
    private final String says;

    ServerRule(String id, String says) {
        this.id = id;
        this.says = says;
    }

    boolean isOfPackets() {
        return id.startsWith("packet.");
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
