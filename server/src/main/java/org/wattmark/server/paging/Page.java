package org.wattmark.server.paging;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// One page of a list.
///
/// @param nextCursor opaque: send it as `cursor` for the next page; absent on the last
public record Page<T>(List<T> data, @Nullable String nextCursor, boolean hasMore) {

    public Page {
        data = List.copyOf(data);
    }

    /// Which page is asked for.
    public static final class Request {

        private static final int LARGEST = 100;

        private final @Nullable String after;
        private final int limit;

        private Request(@Nullable String after, int limit) {
            this.after = after;
            this.limit = limit;
        }

        /// @param cursor from the page before, none for the first
        /// @param limit 1 to 100
        public static Request of(@Nullable String cursor, int limit) {
            return of(cursor, limit, LARGEST);
        }

        public static Request of(@Nullable String cursor, int limit, int largest) {
            if (limit < 1 || limit > largest) {
                throw invalid("?limit", limit + " does not lie between 1 and " + largest);
            }
            return new Request(cursor, limit);
        }

        /// The place of the last row of the page before, as [#over] took it.
        public <P> P after(P start, Function<String, P> place) {
            if (after == null) {
                return start;
            }
            try {
                var text = new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
                return place.apply(text);
            } catch (RuntimeException e) {
                throw invalid("?cursor", "is not one that a page before this one gave");
            }
        }

        /// For lists in the order of ids.
        public UUID afterId() {
            return after(new UUID(0, 0), UUID::fromString);
        }

        /// For lists in the order of the journal.
        public long afterSequence() {
            return after(-1L, Long::parseLong);
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
            var last = place.apply(data.getLast()).getBytes(StandardCharsets.UTF_8);
            return new Page<>(
                    data, Base64.getUrlEncoder().withoutPadding().encodeToString(last), true);
        }

        private static RuntimeException invalid(String pointer, String message) {
            return Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", pointer + " " + message)
                    .at(pointer, message)
                    .asException();
        }
    }
}
