package org.wattmark.server.edge;

import java.time.Instant;
import java.util.Optional;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;

/// Where counts come from. It is asked by one thread.
interface Source extends AutoCloseable {

    /// @param now by the agent's clock
    Look look(Instant now);

    /// A name that nothing else in the world has, known after the first look: it is declared when
    /// the device is bonded, so the same inverter is not bonded by two owners.
    Optional<ExternalId> identity();

    @Override
    void close();
}
