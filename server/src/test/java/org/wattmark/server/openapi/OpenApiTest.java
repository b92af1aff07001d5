package org.wattmark.server.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wattmark.server.postgres.ServerTest;

class OpenApiTest extends ServerTest {

    @Test
    void describesTheApiInItsOwnWordsAndNothingBesideIt() {
        var answer = send(request("/openapi.json").GET());

        assertThat(answer.statusCode()).isEqualTo(200);
        var description = bodyOf(answer);
        assertThat(description.get("openapi").asString()).startsWith("3.1");
        var me = description.at("/paths/~1api~1v1~1me/get");
        assertThat(me.has("parameters")).as("who acts is no parameter").isFalse();
        assertThat(description.at("/components/schemas/Me/properties").has("organisation_id"))
                .isTrue();
        assertThat(description.get("paths").propertyNames()).doesNotContain("/login", "/error");
    }
}
