package org.wattmark.server.metering;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.DeviceSignature;
import org.wattmark.metering.Inspection.Inspected;
import org.wattmark.units.Canonical;

/// Asks to take in a batch that was inspected. Its id is made of the batch: whoever sends the same
/// batch again gets the first answer.
///
/// The answer stands for ever, so what time can heal must not come here: a batch that lacks the one
/// before it, or that lies in the future, is refused before.
///
/// @param account who sends it, as the token says: the device's owner
/// @param signature empty if something else vouches for the batch
public record AcceptReadings(UUID account, Inspected inspected, Optional<DeviceSignature> signature)
        implements Command<BatchAnswer> {

    @Override
    public UUID id() {
        return ContentId.of(content());
    }

    /// Two signatures of one batch are one content.
    @Override
    public byte[] content() {
        return Canonical.of("wattmark/accept-readings/v1")
                .id(account)
                .bytes(inspected.hash().bytes())
                .number(signature.isPresent() ? 1 : 0)
                .toByteArray();
    }

    @Override
    public BatchAnswer idStandsForAnother() {
        throw new AssertionError("the id is made of the content");
    }
}
