package org.wattmark.server.registry;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param nextCursor opaque: send it as `cursor` for the next page; absent on the last
public record Page<T>(
        List<T> data,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String nextCursor,
        boolean hasMore) {

    private static final int LARGEST = 100;

    /// Which page is asked for.
    public record Request(String after, int limit) {

        /// @param cursor from the page before, none for the first
        /// @param limit 1 to 100
        public static Request of(@Nullable String cursor, int limit) {
            if (limit < 1 || limit > LARGEST) {
                throw Refusals.invalid("?limit", "lies between 1 and " + LARGEST);
            }
            return new Request(cursor == null ? "" : decoded(cursor), limit);
        }

        private static String decoded(String cursor) {
            try {
                return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException e) {
                throw badCursor();
            }
        }

        private static RuntimeException badCursor() {
            return Refusals.invalid("?cursor", "is not one that a page before this one gave");
        }

        /// For lists in the order of ids.
        public UUID afterId() {
            try {
                return after.isEmpty() ? new UUID(0, 0) : UUID.fromString(after);
            } catch (IllegalArgumentException e) {
                throw badCursor();
            }
        }

        /// For lists in the order of the journal.
        public long afterSequence() {
            try {
                return after.isEmpty() ? -1 : Long.parseLong(after);
            } catch (NumberFormatException e) {
                throw badCursor();
            }
        }

        /// One more than the page has, to know whether there is a next.
        public int fetch() {
            return limit + 1;
        }

        /// @param rows up to [#fetch] of them, in their order
        /// @param place of a row in the order
        public <T> Page<T> over(List<T> rows, Function<T, String> place) {
            if (rows.size() <= limit) {
                return new Page<>(rows, null, false);
            }
            var data = rows.subList(0, limit);
            var cursor =
                    Base64.getUrlEncoder()
                            .withoutPadding()
                            .encodeToString(
                                    place.apply(data.getLast()).getBytes(StandardCharsets.UTF_8));
            return new Page<>(List.copyOf(data), cursor, true);
        }
    }
}
