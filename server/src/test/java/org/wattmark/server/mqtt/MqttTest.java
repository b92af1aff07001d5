package org.wattmark.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.metering.BatchIntake;
import org.wattmark.server.metering.MeterServerTest;
import org.wattmark.testing.Eventually;
import org.wattmark.units.Period;

/// What tests of MQTT have in common: feeds into the one server of the tests, whose own is off.
abstract class MqttTest extends MeterServerTest {

    static final Period JULY_FIRST =
            Period.starting(Instant.parse("2025-07-01T06:00:00Z"), Duration.ofDays(1));

    @Autowired private BatchIntake intake;
    @Autowired private Sequencer sequencer;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    MqttTest() {}

    static MqttSettings onFreePort() {
        return new MqttSettings(freePort(), null, null, null, null, null);
    }

    static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A feed that listens already.
    final MeterFeed feed(MqttSettings settings, Path data, MeterRegistry registry) {
        var feed =
                MeterFeed.start(
                        settings,
                        data,
                        new DeviceSecrets(jdbc),
                        sequencer::isLeading,
                        intake,
                        new FeedMeters(registry));
        Eventually.await("it listens", feed::isListening);
        return feed;
    }

    /// A secret with which the panel may sign in.
    final String secretOf(Panel panel) {
        var answer = post(panel.path() + "/mqtt-credentials", panel.owner(), "");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        assertThat(bodyOf(answer).get("username").asString())
                .isEqualTo(panel.device().id().toString());
        return bodyOf(answer).get("password").asString();
    }

    final long stored(Panel panel) {
        return jdbc.sql("select count(*) from interval where device_id = ?")
                .param(panel.device().id().value())
                .query(Long.class)
                .single();
    }
}
