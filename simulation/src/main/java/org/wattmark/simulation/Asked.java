package org.wattmark.simulation;

import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.Command;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// A request that was sent, once or more often, and what its client was told.
final class Asked {

    final Request request;
    final Command<?> command;
    final Bytes fingerprint;
    @Nullable Object told;

    Asked(Request request) {
        this.request = request;
        this.command = request.command();
        this.fingerprint = Bytes.of(Canonical.sha256(command.content()));
    }
}
