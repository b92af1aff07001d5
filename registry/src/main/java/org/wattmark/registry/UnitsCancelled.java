package org.wattmark.registry;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;

/// Units were removed without a claim. Nobody has used them, and nobody ever will.
///
/// @param serials of the block: the next free ones, disjoint from every retirement's and every
///   other cancellation's
/// @param holder whose units they were
/// @param under the intervention or the reversal that it belongs to; its own id if it was the
///   holder's own wish
/// @param reason for everybody to read; it names no person
public record UnitsCancelled(
        UUID id,
        UUID block,
        SerialRange serials,
        AccountId holder,
        Cause cause,
        UUID under,
        Instant at,
        String reason)
        implements Fact {

    public static final String DOMAIN = "wattmark/units-cancelled/v1";

    public enum Cause {
        /// The holder wished it.
        VOLUNTARY,
        /// Two persons of the registry decided it.
        INTERVENTION,
        /// The block was taken back.
        RECALL,
        /// Out of the buffer, for reductions that were lost.
        REVERSAL,
        /// By a proponent, for reductions that were lost beyond the buffer.
        REPLACEMENT
    }

    public UnitsCancelled {
        PublicWords.require(reason);
    }

    public Co2e quantity() {
        return serials.quantity();
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(id)
                .id(block)
                .number(serials.first())
                .number(serials.last())
                .text(holder.value())
                .text(cause.name())
                .id(under)
                .instant(at)
                .text(reason)
                .toByteArray();
    }

    public static UnitsCancelled of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new UnitsCancelled(
                                reader.id(),
                                reader.id(),
                                new SerialRange(reader.number(), reader.number()),
                                new AccountId(reader.text()),
                                Cause.valueOf(reader.text()),
                                reader.id(),
                                reader.instant(),
                                reader.text()));
    }
}
