package org.wattmark.server.metering;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/// One page of a list.
///
/// @param nextCursor opaque: send it as `cursor` for the next page; absent on the last
record Page<T>(List<T> data, @Nullable String nextCursor, boolean hasMore) {

    Page {
        data = List.copyOf(data);
    }

    /// @param rows in their order; more than the limit if there is a next page
    /// @param place of a row in the order
    static <T> Page<T> of(List<T> rows, int limit, Function<T, String> place) {
        if (rows.size() <= limit) {
            return new Page<>(rows, null, false);
        }
        var data = rows.subList(0, limit);
        var cursor =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(
                                place.apply(data.getLast()).getBytes(StandardCharsets.UTF_8));
        return new Page<>(data, cursor, true);
    }

    /// What [#of] took as the place of the row before.
    static <P> P after(@Nullable String cursor, P start, Function<String, P> place) {
        return cursor == null
                ? start
                : Fields.at(
                        "?cursor",
                        () ->
                                place.apply(
                                        new String(
                                                Base64.getUrlDecoder().decode(cursor),
                                                StandardCharsets.UTF_8)));
    }

    static int limit(int asked, int largest) {
        if (asked < 1 || asked > largest) {
            throw Fields.invalid("?limit", asked + " does not lie between 1 and " + largest);
        }
        return asked;
    }

    /// The answer, with the next page's address in its `Link` (RFC 8288).
    ResponseEntity<Page<T>> answer() {
        var answer = ResponseEntity.ok();
        if (nextCursor != null) {
            var next =
                    ServletUriComponentsBuilder.fromCurrentRequest()
                            .scheme(null)
                            .host(null)
                            .port(null)
                            .replaceQueryParam("cursor", nextCursor)
                            .build()
                            .toUriString();
            answer.header(HttpHeaders.LINK, "<" + next + ">; rel=\"next\"");
        }
        return answer.body(this);
    }
}
