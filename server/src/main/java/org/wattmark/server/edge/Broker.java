package org.wattmark.server.edge;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.lifecycle.MqttClientDisconnectedContext;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A connection to somebody's MQTT 5 broker. It comes back by itself, for as long as it takes.
final class Broker implements AutoCloseable {

    private static final long FIRST_PAUSE_SECONDS = 1;
    private static final long LONGEST_PAUSE_SECONDS = 60;
    private static final long PATIENCE_SECONDS = 5;

    private final BrokerUrl url;
    private final Mqtt5AsyncClient client;
    private final Set<String> filters;
    private final @Nullable String availability;
    private final Runnable connected;
    private final Consumer<String> say;
    private String trouble = "";

    /// What comes. It is called on the client's thread.
    @FunctionalInterface
    interface Listener {

        /// @param retained whether it was published before we listened: nobody knows when
        void received(String topic, String payload, boolean retained);
    }

    /// @param filters what to listen to
    /// @param availability a topic that says `online` while the connection stands, else `offline`;
    ///   null for none
    /// @param connected called each time when the connection stands
    Broker(
            BrokerUrl url,
            Set<String> filters,
            Listener listener,
            @Nullable String availability,
            Runnable connected,
            Consumer<String> say) {
        this.url = url;
        this.filters = filters;
        this.availability = availability;
        this.connected = connected;
        this.say = say;
        client = withWill(withPassword(builder(url), url), availability).buildAsync();
        client.publishes(MqttGlobalPublishFilter.ALL, publish -> received(listener, publish));
    }

    private Mqtt5ClientBuilder builder(BrokerUrl address) {
        var builder =
                MqttClient.builder()
                        .useMqttVersion5()
                        .identifier("wattmark-edge-" + UUID.randomUUID())
                        .serverHost(address.host())
                        .serverPort(address.port())
                        .automaticReconnect()
                        .initialDelay(FIRST_PAUSE_SECONDS, TimeUnit.SECONDS)
                        .maxDelay(LONGEST_PAUSE_SECONDS, TimeUnit.SECONDS)
                        .applyAutomaticReconnect()
                        .addConnectedListener(_ -> connected())
                        .addDisconnectedListener(this::lost);
        return address.tls() ? builder.sslWithDefaultConfig() : builder;
    }

    private static Mqtt5ClientBuilder withPassword(Mqtt5ClientBuilder builder, BrokerUrl address) {
        var user = address.user();
        var password = address.password();
        if (user == null) {
            return builder;
        }
        var named = builder.simpleAuth().username(user);
        return password == null
                ? named.applySimpleAuth()
                : named.password(password.getBytes(UTF_8)).applySimpleAuth();
    }

    private static Mqtt5ClientBuilder withWill(
            Mqtt5ClientBuilder builder, @Nullable String availability) {
        return availability == null
                ? builder
                : builder.willPublish()
                        .topic(availability)
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload("offline".getBytes(UTF_8))
                        .retain(true)
                        .applyWillPublish();
    }

    /// Begins to connect, and returns at once.
    void connect() {
        var _ = client.connectWith().cleanStart(true).keepAlive(30).send();
    }

    private void connected() {
        say.accept("connected to " + url);
        trouble = "";
        for (var filter : filters) {
            var _ =
                    client.subscribeWith()
                            .topicFilter(filter)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .send()
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    say.accept(url + " refuses " + filter + ": " + failure);
                                }
                            });
        }
        if (availability != null) {
            publish(availability, "online", true);
        }
        connected.run();
    }

    private void lost(MqttClientDisconnectedContext context) {
        var why = String.valueOf(context.getCause().getMessage());
        if (!why.equals(trouble)) {
            say.accept("no connection to " + url + ": " + why); // once, and not at each attempt
            trouble = why;
        }
    }

    private static void received(Listener listener, Mqtt5Publish publish) {
        listener.received(
                publish.getTopic().toString(),
                new String(publish.getPayloadAsBytes(), UTF_8),
                publish.isRetain());
    }

    boolean isUp() {
        return client.getState().isConnected();
    }

    /// What is published while there is no connection is lost: it is told again later.
    void publish(String topic, String payload, boolean retain) {
        if (isUp()) {
            var _ =
                    client.publishWith()
                            .topic(topic)
                            .qos(MqttQos.AT_LEAST_ONCE)
                            .payload(payload.getBytes(UTF_8))
                            .retain(retain)
                            .send()
                            .whenComplete((_, failure) -> {
                                if (failure != null) {
                                    say.accept(url + " does not take " + topic + ": " + failure);
                                }
                            });
        }
    }

    /// Says goodbye: whoever leaves tidily has no will.
    @Override
    public void close() {
        try {
            if (isUp() && availability != null) {
                var _ =
                        client.publishWith()
                                .topic(availability)
                                .qos(MqttQos.AT_LEAST_ONCE)
                                .payload("offline".getBytes(UTF_8))
                                .retain(true)
                                .send()
                                .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
            var _ = client.disconnect().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            trouble = "closed"; // it was not connected: there is nobody to tell
        }
    }
}
