package org.wattmark.server.metering;

/// Who is told of readings that come after their period was closed, just after their batch.
public interface LateReadings {

    /// For machines without claims.
    LateReadings NOTHING = _ -> {};

    void came(BatchReceived received);
}
