package org.wattmark.server.simulate;

import org.wattmark.metering.SignedBatch;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.metering.BatchJson;

/// Batches by HTTP, as the owner.
final class HttpUplink implements Uplink {

    private final RemoteServer server;

    HttpUplink(RemoteServer server) {
        this.server = server;
    }

    @Override
    public Told send(DeviceFile device, SignedBatch batch) throws InterruptedException {
        var answer =
                server.post(
                        "/api/v1/devices/" + device.device().id() + "/reading-batches",
                        BatchJson.bytes(batch));
        return new Told(answer.isSuccess(), answer.json());
    }

    @Override
    public long waits() {
        return server.waits();
    }

    @Override
    public void close() {}
}
