package org.wattmark.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PublishResult;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.metering.MeterServerTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A device's side of MQTT: it publishes, and keeps what it is told.
final class MeterClient implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Longer than the sequencer's patience and a broker's start together.
    private static final long PATIENCE_SECONDS = 60;

    /// A broker that stops within this very process may take a connection and leave it open, never
    /// to answer on it; by default one waits a minute for it.
    private static final int BROKER_PATIENCE_SECONDS = 5;

    private final Mqtt5AsyncClient client;
    private final DeviceId device;
    private final BlockingQueue<Mqtt5Publish> answers = new LinkedBlockingQueue<>();

    /// What a device is told, and in which form.
    record Answer(String body, String type, String topic, String correlation) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    private MeterClient(Mqtt5AsyncClient client, DeviceId device) {
        this.client = client;
        this.device = device;
        client.publishes(MqttGlobalPublishFilter.ALL, answers::add);
    }

    /// Signs in as the device, in a session that outlives the connection; once let in, it comes
    /// back by itself.
    static MeterClient connect(int port, MeterServerTest.Panel panel, String secret) {
        var device = panel.device().id();
        return connect(port, device, device.toString(), secret);
    }

    static MeterClient connect(int port, DeviceId device, String clientId, String secret) {
        var letIn = new AtomicBoolean();
        var client =
                MqttClient.builder()
                        .useMqttVersion5()
                        .identifier(clientId)
                        .transportConfig()
                        .serverHost("127.0.0.1")
                        .serverPort(port)
                        .mqttConnectTimeout(BROKER_PATIENCE_SECONDS, TimeUnit.SECONDS)
                        .applyTransportConfig()
                        .simpleAuth()
                        .username(device.toString())
                        .password(secret.getBytes(UTF_8))
                        .applySimpleAuth()
                        .automaticReconnect()
                        .initialDelay(100, TimeUnit.MILLISECONDS)
                        .maxDelay(1, TimeUnit.SECONDS) // by default it grows to two minutes
                        .applyAutomaticReconnect()
                        .addDisconnectedListener(lost -> {
                            if (!letIn.get()) {
                                lost.getReconnector().reconnect(false);
                            }
                        })
                        .buildAsync();
        var meter = new MeterClient(client, device);
        join(
                client.connectWith()
                        .cleanStart(false)
                        .noSessionExpiry()
                        .keepAlive(BROKER_PATIENCE_SECONDS)
                        .send());
        letIn.set(true);
        return meter;
    }

    /// Begins to read its receipts and what is below them.
    MeterClient listening() {
        subscribe(Topics.receiptsOf(device) + "/#");
        return this;
    }

    void subscribe(String filter) {
        join(client.subscribeWith().topicFilter(filter).qos(MqttQos.AT_LEAST_ONCE).send());
    }

    /// Publishes on the device's own topic, and returns when the broker has it.
    void publish(Object body) {
        join(send(Topics.batchesOf(device), bytes(body)));
    }

    /// Publishes a batch on the device's own topic.
    CompletableFuture<Mqtt5PublishResult> send(Map<String, Object> batch) {
        return send(Topics.batchesOf(device), bytes(batch));
    }

    CompletableFuture<Mqtt5PublishResult> send(String topic, byte[] body) {
        return client.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(body).send();
    }

    void ask(Object body, String responseTopic, String correlation) {
        join(
                client.publishWith()
                        .topic(Topics.batchesOf(device))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(bytes(body))
                        .responseTopic(responseTopic)
                        .correlationData(correlation.getBytes(UTF_8))
                        .send());
    }

    static byte[] bytes(Object body) {
        return body instanceof Map<?, ?>
                ? JSON.writeValueAsBytes(body)
                : String.valueOf(body).getBytes(UTF_8);
    }

    Answer answer() {
        var answer = answerWithin(Duration.ofSeconds(PATIENCE_SECONDS));
        assertThat(answer).as("an answer").isPresent();
        return answer.orElseThrow();
    }

    Optional<Answer> answerWithin(Duration patience) {
        try {
            return Optional.ofNullable(answers.poll(patience.toMillis(), TimeUnit.MILLISECONDS))
                    .map(MeterClient::answerOf);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Answer answerOf(Mqtt5Publish publish) {
        return new Answer(
                new String(publish.getPayloadAsBytes(), UTF_8),
                publish.getContentType().map(Object::toString).orElse(""),
                publish.getTopic().toString(),
                publish.getCorrelationData().map(data -> UTF_8.decode(data).toString()).orElse(""));
    }

    boolean isConnected() {
        return client.getState().isConnected();
    }

    static <T> T join(CompletableFuture<T> future) {
        return future.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        if (client.getState().isConnectedOrReconnect()) {
            var _ = client.disconnect();
        }
    }
}
