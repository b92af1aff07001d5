package org.wattmark.server.metering;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.server.problem.Problem;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/// Reads many signed batches token by token: data binding would cost more than to check their
/// signatures.
///
/// What is wrong with a batch is told with its outcome. Only what is wrong with the request as a
/// whole is thrown: what is no JSON, or too many batches.
final class BatchesReader {

    private static final JsonFactory JSON = new JsonFactory();

    private static final String INVALID = "invalid_value";

    /// What a fault shows of a value.
    private static final int LONGEST_VALUE = 100;

    private final JsonParser json;
    private final int most;
    private @Nullable Problem fault;

    /// @param most how many batches the request may have
    BatchesReader(byte[] body, int most) {
        this.json = JSON.createParser(ObjectReadContext.empty(), body);
        this.most = most;
    }

    /// All batches, in their order.
    List<SentBatch> read() {
        var batches = new ArrayList<SentBatch>();
        try (json) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw invalid("", "is not an object").asException();
            }
            boolean found = false;
            for (var name = json.nextName(); name != null; name = json.nextName()) {
                if (!name.equals("batches") || found) {
                    throw invalid("/" + name, found ? "stands twice" : "is unknown").asException();
                }
                found = true;
                readBatches(batches);
            }
            if (batches.isEmpty()) {
                throw invalid("/batches", found ? "is empty" : "is missing").asException();
            }
            if (json.nextToken() != null) {
                throw invalid("", "goes on behind its end").asException();
            }
        }
        return batches;
    }

    private void readBatches(List<SentBatch> batches) {
        if (json.nextToken() != JsonToken.START_ARRAY) {
            throw invalid("/batches", "is not a list").asException();
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (batches.size() == most) {
                throw invalid("/batches", "has more than " + most + "; send them in parts")
                        .asException();
            }
            batches.add(readBatch());
        }
    }

    private SentBatch readBatch() {
        fault = null;
        DeviceId device = null;
        Channel channel = null;
        Long sequence = null;
        String previous = null;
        String signature = null;
        List<BatchBody.ReadingBody> readings = null;
        if (json.currentToken() != JsonToken.START_OBJECT) {
            faulty("", "is not an object");
            json.skipChildren();
            return new SentBatch(null, 0, null, fault);
        }
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "device_id" -> device = device();
                case "channel" -> channel = channel();
                case "sequence" -> sequence = number("/sequence");
                case "previous" -> previous = text("/previous");
                case "signature" -> signature = text("/signature");
                case "readings" -> readings = readings();
                default -> {
                    faulty("/" + name, "is unknown");
                    json.skipChildren();
                }
            }
        }
        requirePresent("/device_id", device);
        requirePresent("/channel", channel);
        requirePresent("/sequence", sequence);
        requirePresent("/previous", previous);
        requirePresent("/readings", readings);
        requirePresent("/signature", signature);
        long said = sequence == null ? 0 : sequence;
        if (fault != null
                || channel == null
                || previous == null
                || readings == null
                || signature == null) {
            return new SentBatch(device, said, null, fault);
        }
        var body = new BatchBody(channel, said, previous, readings, signature);
        return new SentBatch(device, said, body, null);
    }

    private void requirePresent(String pointer, @Nullable Object value) {
        if (value == null) {
            faulty(pointer, "is missing");
        }
    }

    private @Nullable DeviceId device() {
        var text = text("/device_id");
        if (text == null) {
            return null;
        }
        try {
            return new DeviceId(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            faulty("/device_id", "'" + shown(text) + "' is not a UUID");
            return null;
        }
    }

    private @Nullable Channel channel() {
        var text = text("/channel");
        if (text == null) {
            return null;
        }
        for (var channel : Channel.values()) {
            if (channel.name().equals(text)) {
                return channel;
            }
        }
        faulty("/channel", "'" + shown(text) + "' is not one of " + List.of(Channel.values()));
        return null;
    }

    /// The readings; what is wrong with one names it.
    private @Nullable List<BatchBody.ReadingBody> readings() {
        if (json.currentToken() != JsonToken.START_ARRAY) {
            faulty("/readings", "is not a list");
            json.skipChildren();
            return null;
        }
        var readings = new ArrayList<BatchBody.ReadingBody>();
        for (int index = 0; json.nextToken() != JsonToken.END_ARRAY; index++) {
            if (index == ReadingBatch.MAX_READINGS) {
                faulty("/readings", "has more than " + ReadingBatch.MAX_READINGS);
            }
            var reading = reading(index);
            if (reading != null && fault == null) {
                readings.add(reading);
            }
        }
        return readings;
    }

    private BatchBody.@Nullable ReadingBody reading(int index) {
        if (json.currentToken() != JsonToken.START_OBJECT) {
            faulty("/readings/" + index, "is not an object");
            json.skipChildren();
            return null;
        }
        Instant start = null;
        Long wattHours = null;
        for (var name = json.nextName(); name != null; name = json.nextName()) {
            json.nextToken();
            switch (name) {
                case "start" -> start = start(index);
                case "watt_hours" -> wattHours = number("/readings/" + index + "/watt_hours");
                default -> {
                    faulty("/readings/" + index + "/" + name, "is unknown");
                    json.skipChildren();
                }
            }
        }
        if (start == null || wattHours == null) {
            faulty("/readings/" + index + (start == null ? "/start" : "/watt_hours"), "is missing");
            return null;
        }
        return new BatchBody.ReadingBody(start, wattHours);
    }

    private @Nullable Instant start(int index) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            var start =
                    UtcText.instant(
                            json.getStringCharacters(),
                            json.getStringOffset(),
                            json.getStringLength());
            if (start != null) {
                return start;
            }
        }
        faultyValue("/readings/" + index + "/start", "is not a time such as 2026-07-01T12:00:00Z");
        return null;
    }

    private @Nullable Long number(String pointer) {
        if (json.currentToken() == JsonToken.VALUE_NUMBER_INT
                && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER) {
            return json.getLongValue();
        }
        faultyValue(pointer, "is not a whole number of 64 bits");
        return null;
    }

    private @Nullable String text(String pointer) {
        if (json.currentToken() == JsonToken.VALUE_STRING) {
            return json.getString();
        }
        faultyValue(pointer, "is not a text");
        return null;
    }

    private void faultyValue(String pointer, String message) {
        boolean isValue = json.currentToken().isScalarValue();
        var text = isValue ? json.getString() : json.currentToken().name();
        json.skipChildren();
        faulty(pointer, "'" + shown(text) + "' " + message);
    }

    private static String shown(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }

    /// The first fault of a batch is the one that is told.
    private void faulty(String pointer, String message) {
        if (fault == null) {
            fault = invalid(pointer, message);
        }
    }

    private static Problem invalid(String pointer, String message) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        INVALID,
                        (pointer.isEmpty() ? "The body" : pointer) + " " + message + ".")
                .at(pointer, message);
    }
}
