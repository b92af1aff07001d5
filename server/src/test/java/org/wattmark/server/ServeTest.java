package org.wattmark.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.wattmark.server.postgres.ServerTest;

class ServeTest extends ServerTest {

    @Test
    void saysThatItLivesAndThatItIsReady() {
        var live = send(request("/livez").GET());
        var ready = send(request("/readyz").GET());

        assertThat(live.statusCode()).isEqualTo(200);
        assertThat(ready.statusCode()).isEqualTo(200);
    }
}
