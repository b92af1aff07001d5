package org.wattmark.server.simulate;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/// Times as people give them to a command: a date in UTC, or an instant.
final class Times {

    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

    private Times() {}

    /// Empty for what is neither, and for years in which no reading can lie.
    static Optional<Instant> parse(String text) {
        try {
            var time =
                    text.contains("T")
                            ? Instant.parse(text)
                            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return time.isBefore(EARLIEST) || time.isAfter(LATEST)
                    ? Optional.empty()
                    : Optional.of(time);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
