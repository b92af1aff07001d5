package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// An import was undone: what it stored counts no more, and its time can be spoken of again. Its
/// entries stay.
///
/// @param receipts of its batches, in their order
/// @param stated the time that it spoke of
/// @param accepted how many intervals it had stored
/// @param energyWattHours of those
public record ImportUndone(
        UUID importId,
        DeviceId device,
        Channel channel,
        List<Long> receipts,
        Coverage stated,
        int accepted,
        int findings,
        long energyWattHours)
        implements Fact {

    public static final String DOMAIN = "wattmark/import-undone/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/import-undone-published/v1";

    public ImportUndone {
        receipts = List.copyOf(receipts);
    }

    static ImportUndone of(ReadingImport it) {
        return new ImportUndone(
                it.id(),
                it.device(),
                it.channel(),
                it.receipts(),
                it.stated(),
                it.accepted(),
                it.findings(),
                it.energyWattHours());
    }

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(importId)
                        .id(device.value())
                        .text(channel.name())
                        .number(receipts.size());
        receipts.forEach(bytes::number);
        return bytes.text(stated.toString())
                .number(accepted)
                .number(findings)
                .number(energyWattHours)
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(importId)
                .id(device.value())
                .text(channel.name())
                .number(receipts.size())
                .number(accepted)
                .number(energyWattHours)
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static ImportUndone of(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var id = reader.id();
            var device = new DeviceId(reader.id());
            var channel = Channel.valueOf(reader.text());
            var receipts = new ArrayList<Long>();
            for (long left = reader.number(); left > 0; left--) {
                receipts.add(reader.number());
            }
            var undone =
                    new ImportUndone(
                            id,
                            device,
                            channel,
                            receipts,
                            Coverage.parse(reader.text()),
                            Math.toIntExact(reader.number()),
                            Math.toIntExact(reader.number()),
                            reader.number());
            reader.end();
            return undone;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed("not an undone import: " + e.getMessage());
        }
    }
}
