package org.wattmark.server.simulate;

import org.wattmark.metering.SignedBatch;
import tools.jackson.databind.JsonNode;

/// A device's way to the server. It comes back when the batch is decided, however long that takes.
interface Uplink extends AutoCloseable {

    Told send(DeviceFile device, SignedBatch batch) throws InterruptedException;

    /// How often the server, or the way to it, had to be waited for.
    long waits();

    @Override
    void close();

    /// What came of a batch: the receipt, or the problem.
    record Told(boolean taken, JsonNode body) {

        String code() {
            return body.path("code").asString("no_code");
        }

        String detail() {
            return body.path("detail").asString("");
        }
    }
}
