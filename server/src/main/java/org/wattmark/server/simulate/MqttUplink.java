package org.wattmark.server.simulate;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SignedBatch;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.metering.BatchJson;
import tools.jackson.databind.json.JsonMapper;

/// Batches by MQTT, each device in a connection of its own. A device has one batch on its way: it
/// waits for the receipt, so whatever holds the server up holds the device up, and nothing is lost.
final class MqttUplink implements Uplink {

    /// As docs/meters-mqtt.md advises: no receipt by then, so the same bytes again.
    private static final Duration TO_RECEIPT = Duration.ofSeconds(60);

    private static final Duration TO_CONNECT = Duration.ofSeconds(20);

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RemoteServer server;
    private final URI broker;
    private final Map<DeviceId, Line> lines = new ConcurrentHashMap<>();
    private final AtomicLong again = new AtomicLong();

    /// @param broker `mqtt://host:1883`, or `mqtts://` for TLS
    MqttUplink(RemoteServer server, URI broker) {
        if (broker.getHost() == null
                || !("mqtt".equals(broker.getScheme()) || "mqtts".equals(broker.getScheme()))) {
            throw new CommandFailed(
                    "--mqtt is not like mqtt://host:1883 or mqtts://host:8883: " + broker);
        }
        this.server = server;
        this.broker = broker;
    }

    /// One device's connection, and the answers that came by it.
    private record Line(Mqtt5AsyncClient client, BlockingQueue<Mqtt5Publish> answers) {}

    @Override
    public Told send(DeviceFile device, SignedBatch batch) throws InterruptedException {
        var line = lines.get(device.device().id());
        if (line == null) {
            line = connect(device);
            lines.put(device.device().id(), line);
        }
        var mark = ByteBuffer.wrap(batch.batch().sha256().bytes());
        while (true) {
            publish(line, device.device().id(), BatchJson.bytes(batch), mark);
            var answer = answer(line, mark);
            if (answer != null) {
                boolean taken =
                        answer.getContentType()
                                .map(Object::toString)
                                .filter("application/json"::equals)
                                .isPresent();
                return new Told(taken, JSON.readTree(answer.getPayloadAsBytes()));
            }
            again.incrementAndGet();
        }
    }

    private static void publish(Line line, DeviceId device, byte[] body, ByteBuffer mark)
            throws InterruptedException {
        var sent =
                line.client()
                        .publishWith()
                        .topic("meters/" + device + "/batches")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(body)
                        .correlationData(mark)
                        .send();
        try {
            var _ = sent.get(TO_RECEIPT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            // The client keeps it for the next connection; the receipt is what counts.
            return;
        } catch (ExecutionException e) {
            throw new CommandFailed("the MQTT broker does not take a batch: " + e.getCause());
        }
    }

    /// The answer to this batch; null if it does not come in time. Those to batches that were sent
    /// twice come twice, and are passed over.
    private static @Nullable Mqtt5Publish answer(Line line, ByteBuffer mark)
            throws InterruptedException {
        long end = System.nanoTime() + TO_RECEIPT.toNanos();
        while (true) {
            var answer = line.answers().poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (answer == null || answer.getCorrelationData().filter(mark::equals).isPresent()) {
                return answer;
            }
        }
    }

    private Line connect(DeviceFile device) throws InterruptedException {
        var secret = device.mqttSecret();
        if (secret != null) {
            try {
                return connect(device.device().id(), secret);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof Mqtt5ConnAckException)) {
                    throw unreachable(e);
                }
            }
        }
        var made = secretFor(device.device().id());
        device.keepMqttSecret(made);
        try {
            return connect(device.device().id(), made);
        } catch (ExecutionException e) {
            throw unreachable(e);
        }
    }

    private CommandFailed unreachable(ExecutionException e) {
        return new CommandFailed("the MQTT broker " + broker + " lets nobody in: " + e.getCause());
    }

    private String secretFor(DeviceId device) throws InterruptedException {
        var answer = server.post("/api/v1/devices/" + device + "/mqtt-credentials", Map.of());
        if (!answer.isSuccess()) {
            throw new CommandFailed("no MQTT credentials: " + answer.explanation());
        }
        return answer.json().path("password").asString();
    }

    private Line connect(DeviceId device, String secret)
            throws InterruptedException, ExecutionException {
        var letIn = new AtomicBoolean();
        boolean tls = "mqtts".equals(broker.getScheme());
        int port = broker.getPort() > 0 ? broker.getPort() : tls ? 8883 : 1883;
        var builder =
                MqttClient.builder()
                        .useMqttVersion5()
                        .identifier(device.toString())
                        .serverHost(broker.getHost())
                        .serverPort(port)
                        .simpleAuth()
                        .username(device.toString())
                        .password(secret.getBytes(UTF_8))
                        .applySimpleAuth()
                        .automaticReconnectWithDefaultConfig()
                        .addDisconnectedListener(lost -> {
                            if (!letIn.get()) {
                                lost.getReconnector().reconnect(false);
                            }
                        });
        var client = (tls ? builder.sslWithDefaultConfig() : builder).buildAsync();
        var answers = new LinkedBlockingQueue<Mqtt5Publish>();
        client.publishes(MqttGlobalPublishFilter.ALL, answers::add);
        done(client.connectWith().cleanStart(false).sessionExpiryInterval(3_600).send());
        letIn.set(true);
        done(
                client.subscribeWith()
                        .topicFilter("meters/" + device + "/receipts")
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .send());
        return new Line(client, answers);
    }

    private void done(CompletableFuture<?> step) throws InterruptedException, ExecutionException {
        try {
            var _ = step.get(TO_CONNECT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CommandFailed("the MQTT broker " + broker + " does not answer");
        }
    }

    @Override
    public long waits() {
        return again.get() + server.waits();
    }

    @Override
    public void close() {
        for (var line : lines.values()) {
            if (line.client().getState().isConnectedOrReconnect()) {
                var _ = line.client().disconnect();
            }
        }
    }
}
