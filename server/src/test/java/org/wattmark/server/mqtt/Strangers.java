package org.wattmark.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5ClientBuilder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/// Those who knock at the broker and are no meters.
final class Strangers {

    private Strangers() {}

    static void anonymous(int port) {
        connect(builder(port));
    }

    static void named(int port, String user, String secret) {
        connect(builder(port, user, secret));
    }

    /// Signs in rightly, and asks for a subscription once.
    static void subscribe(int port, String user, String secret, String filter) {
        var client = builder(port, user, secret).buildAsync();
        MeterClient.join(client.connect());
        MeterClient.join(client.subscribeWith().topicFilter(filter).send());
    }

    private static Mqtt5ClientBuilder builder(int port, String user, String secret) {
        return builder(port)
                .simpleAuth()
                .username(user)
                .password(secret.getBytes(UTF_8))
                .applySimpleAuth();
    }

    private static Mqtt5ClientBuilder builder(int port) {
        return MqttClient.builder().useMqttVersion5().serverHost("127.0.0.1").serverPort(port);
    }

    private static void connect(Mqtt5ClientBuilder builder) {
        var client = builder.buildAsync();
        MeterClient.join(client.connect());
        var _ = client.disconnect();
    }

    /// Whether somebody who trusts every certificate gets through a handshake.
    static boolean speaksTls(int port) throws IOException {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Credulous()}, null);
            try (var socket =
                    (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
                socket.startHandshake();
                return socket.getSession().isValid();
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Credulous implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
