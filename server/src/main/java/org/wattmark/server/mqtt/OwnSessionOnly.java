package org.wattmark.server.mqtt;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import org.apache.activemq.artemis.core.protocol.mqtt.MQTTInterceptor;
import org.apache.activemq.artemis.spi.core.protocol.RemotingConnection;
import org.jspecify.annotations.Nullable;

/// Ends connections of devices that reach for what is not theirs by ways that rights on topics do
/// not close: another's session by its client id, a will that is published in the broker's name, a
/// shared subscription such as the server's own, and names of queues in place of topics.
///
/// The broker makes one itself, by name.
public final class OwnSessionOnly implements MQTTInterceptor {

    /// The broker reads `address::queue` where a topic stands.
    private static final String NAMES_A_QUEUE = "::";

    @Override
    public boolean intercept(MqttMessage packet, RemotingConnection connection) {
        return switch (packet) {
            case MqttConnectMessage connect -> isOwn(connect);
            case MqttSubscribeMessage subscribe ->
                    isServer(connection)
                            || subscribe.payload().topicSubscriptions().stream()
                                    .allMatch(each -> isPlain(each.topicFilter()));
            case MqttPublishMessage publish -> isPlain(publish.variableHeader().topicName());
            default -> true;
        };
    }

    private static boolean isOwn(MqttConnectMessage connect) {
        @Nullable String user = connect.payload().userName();
        if (user == null || user.equals(DeviceRights.SERVER)) {
            return true; // whether it is the server is asked next, and nobody without a name enters
        }
        var client = connect.payload().clientIdentifier();
        return (client.isEmpty() || client.startsWith(user))
                && !connect.variableHeader().isWillFlag();
    }

    private static boolean isServer(RemotingConnection connection) {
        return DeviceRights.userOf(connection.getSubject()).equals(DeviceRights.SERVER);
    }

    private static boolean isPlain(String topic) {
        return !topic.startsWith("$") && !topic.contains(NAMES_A_QUEUE);
    }
}
