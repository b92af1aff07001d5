package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/// Two kilograms are bought by their handles, and one of them is retired.
///
/// @param post sends a body to a path, as the buyer
/// @param get reads a path, as the buyer
record HandleStory(
        BiFunction<String, Map<String, ?>, JsonNode> post, Function<String, JsonNode> get) {

    void play() {
        var credits = get.apply("/api/marketplace/").get("available_credits");
        assertThat(credits).hasSizeGreaterThanOrEqualTo(2);
        var first = Map.of("credit_id", credits.at("/0/credit_id").asString());
        var second = Map.of("credit_id", credits.at("/1/credit_id").asString());
        var _ = post.apply("/api/buy/", first);
        var _ = post.apply("/api/buy/", second);
        var _ = post.apply("/api/retire/", first);
    }
}
