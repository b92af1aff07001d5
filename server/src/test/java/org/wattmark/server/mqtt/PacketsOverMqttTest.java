package org.wattmark.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.metering.BatchIntake;
import org.wattmark.server.metering.PacketServerTest;
import org.wattmark.testing.Eventually;

/// Packets come by `meters/{device}/packets`, and get the answers that HTTP gives.
class PacketsOverMqttTest extends PacketServerTest {

    @Autowired private BatchIntake intake;
    @Autowired private Sequencer sequencer;
    @TempDir private Path data;

    @SuppressWarnings("NullAway.Init") // JUnit and Spring set the fields before each test
    PacketsOverMqttTest() {}

    @Test
    void aPacketGetsTheReceiptThatHttpGivesAndADeviceSpeaksForItselfOnly() {
        var settings = MqttTest.onFreePort();
        var meter = bondedMeter();
        var other = bondedMeter();
        var device = idOf(meter);
        var one = meter.packet(0, 20, 5);
        var two = meter.packet(30, 20, 5);
        try (var _ = feed(settings);
                var client =
                        MeterClient.connect(
                                settings.port(), device, device.toString(), secretOf(meter))) {
            client.listening();

            MeterClient.join(client.send(Topics.packetsOf(device), bytes(one, two)));
            var answer = client.answer();
            MeterClient.join(client.send(Topics.packetsOf(device), bytes(one, two)));
            var redelivered = client.answer();
            MeterClient.join(client.send(Topics.packetsOf(device), new byte[115]));
            var refused = client.answer();

            assertThat(answer.type()).isEqualTo("application/json");
            assertThat(answer.json().get("packets").size()).isEqualTo(2);
            assertThat(redelivered.body()).isEqualTo(answer.body());
            assertThat(send(meter, one, two).body()).isEqualTo(answer.body());
            assertThat(refused.type()).isEqualTo("application/problem+json");
            assertThat(refused.json().get("code").asString()).isEqualTo("invalid_value");
            assertThatThrownBy(() ->
                            MeterClient.join(
                                    client.send(
                                            Topics.packetsOf(idOf(other)),
                                            bytes(other.packet(0, 20, 5)))))
                    .hasCauseInstanceOf(Mqtt5PubAckException.class);
        }
    }

    private static DeviceId idOf(PacketMeter meter) {
        return new DeviceId(UUID.fromString(meter.id()));
    }

    private String secretOf(PacketMeter meter) {
        var answer = post(meter.path() + "/mqtt-credentials", meter.owner(), "");
        assertThat(bodyOf(answer).get("packets_topic").asString())
                .isEqualTo("meters/" + meter.id() + "/packets");
        return bodyOf(answer).get("password").asString();
    }

    private MeterFeed feed(MqttSettings settings) {
        var feed =
                MeterFeed.start(
                        settings,
                        data,
                        new DeviceSecrets(jdbc),
                        sequencer::isLeading,
                        intake,
                        new FeedMeters(new SimpleMeterRegistry()));
        Eventually.await("it listens", feed::isListening);
        return feed;
    }
}
