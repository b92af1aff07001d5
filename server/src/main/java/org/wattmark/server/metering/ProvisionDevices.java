package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.ledger.Command;

/// Asks to deposit devices. Its id is made of its content: the same list sent twice is one command.
record ProvisionDevices(DevicesProvisioned list) implements Command<ProvisionAnswer> {

    @Override
    public UUID id() {
        return ContentId.of(content());
    }

    @Override
    public byte[] content() {
        return list.content();
    }

    @Override
    public ProvisionAnswer idStandsForAnother() {
        throw new AssertionError("the id is made of the content");
    }
}
