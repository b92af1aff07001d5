package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Period;

/// The entry right behind this one is a batch that came of an import.
///
/// @param importId names the import, of which this may be one of several parts
/// @param file SHA-256 of the file
/// @param sequence of the batch among its device's
/// @param span from the batch's first interval to its last
/// @param stated the time that it speaks of
/// @param accepted how many intervals of it are stored
/// @param energyWattHours of those
public record ImportPart(
        UUID importId,
        DeviceId device,
        Channel channel,
        Sha256 file,
        long sequence,
        Period span,
        Coverage stated,
        int accepted,
        int findings,
        long energyWattHours)
        implements Fact {

    public static final String DOMAIN = "wattmark/import-part/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/import-part-published/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(importId)
                .id(device.value())
                .text(channel.name())
                .bytes(file.bytes())
                .number(sequence)
                .period(span)
                .text(stated.toString())
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
                .number(sequence)
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static ImportPart of(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var part =
                    new ImportPart(
                            reader.id(),
                            new DeviceId(reader.id()),
                            Channel.valueOf(reader.text()),
                            Sha256.ofDigest(reader.bytes()),
                            reader.number(),
                            reader.period(),
                            Coverage.parse(reader.text()),
                            Math.toIntExact(reader.number()),
                            Math.toIntExact(reader.number()),
                            reader.number());
            reader.end();
            return part;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed("not a part of an import: " + e.getMessage());
        }
    }
}
