package org.wattmark.server.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.units.Bytes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/// What a device sent, as somebody between it and the network wrote it down: one JSON object a
/// line.
final class Capture {

    /// A week of batches of the largest size.
    private static final long MAX_BYTES = 200_000_000;

    private static final JsonMapper JSON = StrictJson.mapper();

    private final List<Sent> sent;

    private Capture(List<Sent> sent) {
        this.sent = List.copyOf(sent);
    }

    /// One body that went out.
    ///
    /// @param line of the file, from 1
    /// @param at when, by the clock of whoever captured it
    /// @param signingBytes what the device says that it signed, if it says so
    /// @param status of the answer, if that was captured
    /// @param retryAfterSeconds of the answer, if there was such a header
    record Sent(
            int line,
            Instant at,
            Bytes body,
            @Nullable Bytes signingBytes,
            @Nullable Integer status,
            @Nullable Long retryAfterSeconds) {

        boolean isToComeAgain() {
            return status != null && (status == 429 || status == 503);
        }
    }

    private record Line(
            Instant sentAt,
            String body,
            @Nullable String signingBytes,
            @Nullable Integer status,
            @Nullable Long retryAfter) {

        Sent numbered(int line) {
            return new Sent(
                    line,
                    sentAt,
                    decoded("body", body),
                    signingBytes == null ? null : decoded("signing_bytes", signingBytes),
                    status,
                    retryAfter);
        }

        private static Bytes decoded(String field, String base64) {
            try {
                return Bytes.of(Base64.getDecoder().decode(base64));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(field + " is not Base64: " + e.getMessage(), e);
            }
        }
    }

    /// The file cannot be read as a capture: nothing can be said about the device.
    static final class Unreadable extends Exception {

        private static final long serialVersionUID = 1L;

        Unreadable(String why) {
            super(why);
        }
    }

    /// In the order of sending.
    List<Sent> sent() {
        return sent;
    }

    static Capture read(Path file) throws Unreadable {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new Unreadable(file + " is larger than " + MAX_BYTES + " bytes");
            }
            return of(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new Unreadable("cannot read " + file + ": " + e);
        }
    }

    static Capture of(String text) throws Unreadable {
        var sent = new ArrayList<Sent>();
        int number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (!line.isBlank()) {
                sent.add(parsed(line, number));
            }
        }
        if (sent.isEmpty()) {
            throw new Unreadable("there is no batch in the capture");
        }
        sent.sort(Comparator.comparing(Sent::at).thenComparingInt(Sent::line));
        return new Capture(sent);
    }

    private static Sent parsed(String line, int number) throws Unreadable {
        try {
            @Nullable Line read = JSON.readValue(line, Line.class);
            if (read == null) {
                throw new Unreadable("line " + number + " of the capture is null");
            }
            return read.numbered(number);
        } catch (JacksonException e) {
            throw new Unreadable(
                    "line %d of the capture is not like {\"sent_at\": …, \"body\": …}: %s"
                            .formatted(number, e.getOriginalMessage()));
        } catch (IllegalArgumentException e) {
            throw new Unreadable("line %d of the capture: %s".formatted(number, e.getMessage()));
        }
    }
}
