package org.wattmark.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.wattmark.testing.Eventually;

/// A household's MQTT broker, into which anybody may speak, and somebody who does.
final class TestBroker implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 30;

    private final int port = SimulatedInverter.freePort();
    private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
    private final Mqtt5AsyncClient client;
    private final Map<String, String> heard = new ConcurrentHashMap<>();

    TestBroker() {
        var config = new ConfigurationImpl();
        var nowhere = SimpleString.of("nowhere");
        config.setName("household-" + port)
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration(
                        new TransportConfiguration(
                                NettyAcceptorFactory.class.getName(),
                                new HashMap<>(
                                        Map.of(
                                                TransportConstants.HOST_PROP_NAME, "127.0.0.1",
                                                TransportConstants.PORT_PROP_NAME, port,
                                                TransportConstants.PROTOCOLS_PROP_NAME, "MQTT")),
                                "mqtt",
                                Map.of()));
        config.setCriticalAnalyzer(false);
        config.addAddressSetting(
                "#", new AddressSettings().setExpiryAddress(nowhere).setDeadLetterAddress(nowhere));
        try {
            broker.setConfiguration(config).start();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not start", e);
        }
        client =
                MqttClient.builder()
                        .useMqttVersion5()
                        .serverHost("127.0.0.1")
                        .serverPort(port)
                        .buildAsync();
        client.publishes(
                MqttGlobalPublishFilter.ALL,
                it ->
                        heard.put(
                                it.getTopic().toString(),
                                new String(it.getPayloadAsBytes(), UTF_8)));
        client.connect().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    BrokerUrl url() {
        return BrokerUrl.of("--broker", uri(), null);
    }

    URI uri() {
        return URI.create("mqtt://127.0.0.1:" + port);
    }

    void publish(String topic, String payload, boolean retain) {
        client.publishWith()
                .topic(topic)
                .qos(MqttQos.AT_LEAST_ONCE)
                .payload(payload.getBytes(UTF_8))
                .retain(retain)
                .send()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    TestBroker listeningTo(String filter) {
        client.subscribeWith()
                .topicFilter(filter)
                .qos(MqttQos.AT_LEAST_ONCE)
                .send()
                .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        return this;
    }

    /// The last payload of a topic, once it is this one.
    void awaitOn(String topic, String payload) {
        Eventually.await(
                topic + " is " + payload + ", not " + heard.get(topic),
                () -> payload.equals(heard.get(topic)));
    }

    /// The last payload of a topic, once there is one that contains this.
    String awaitContaining(String topic, String part) {
        Eventually.await(
                topic + " has " + part + " in " + heard.get(topic),
                () -> heard.getOrDefault(topic, "").contains(part));
        return heard.getOrDefault(topic, "");
    }

    @Override
    public void close() {
        var _ = client.disconnect();
        try {
            broker.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the broker does not stop", e);
        }
    }
}
