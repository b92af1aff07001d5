package org.wattmark.server.metering;

import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.ProblemException;
import org.wattmark.server.problem.StrictJson;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// A signed batch as it goes over the wire, for those who send it and those who check it without a
/// server.
public final class BatchJson {

    private static final JsonMapper JSON = StrictJson.mapper();

    private BatchJson() {}

    public static Map<String, Object> of(SignedBatch signed) {
        var batch = signed.batch();
        return Map.of(
                "channel", batch.channel().name(),
                "sequence", batch.sequence(),
                "previous", batch.previous().hex(),
                "readings",
                        batch.readings().stream()
                                .map(each ->
                                        Map.of(
                                                "start", each.interval().start().toString(),
                                                "watt_hours", each.rawWattHours()))
                                .toList(),
                "signature", Base64.getEncoder().encodeToString(signed.signature().bytes()));
    }

    public static byte[] bytes(SignedBatch signed) {
        return JSON.writeValueAsBytes(of(signed));
    }

    /// Reads a body as the server does.
    ///
    /// @param interval how long the device's intervals are
    /// @throws ProblemException with the server's answer to a body that it cannot read
    public static SignedBatch read(byte[] body, DeviceId device, Duration interval) {
        try {
            @Nullable BatchBody read = JSON.readValue(body, BatchBody.class);
            if (read == null) { // the JSON text `null`
                throw Problem.ofUnreadable(null).asException();
            }
            return read.toBatch(device, interval);
        } catch (JacksonException e) {
            throw Problem.ofUnreadable(e).asException();
        }
    }
}
