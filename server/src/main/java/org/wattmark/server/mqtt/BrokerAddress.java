package org.wattmark.server.mqtt;

import com.hivemq.client.mqtt.MqttClientSslConfig;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Collections;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// Where the feed connects to, and as whom.
///
/// @param tls null for none
record BrokerAddress(
        String host,
        int port,
        @Nullable String username,
        @Nullable String password,
        @Nullable MqttClientSslConfig tls) {

    private static final int PORT = 1883;
    private static final int TLS_PORT = 8883;

    /// Somebody's broker. Its certificate is checked as those of web sites are.
    static BrokerAddress of(MqttSettings settings, URI url) {
        boolean tls = "mqtts".equals(url.getScheme());
        int port = url.getPort() > 0 ? url.getPort() : tls ? TLS_PORT : PORT;
        return new BrokerAddress(
                url.getHost(),
                port,
                settings.username(),
                settings.password(),
                tls ? MqttClientSslConfig.builder().build() : null);
    }

    /// Our own broker, on this machine. It is known by its certificate and not by its name.
    static BrokerAddress of(MqttSettings settings, EmbeddedBroker broker) {
        var keyStore = settings.keyStore();
        var password = settings.keyStorePassword();
        return new BrokerAddress(
                "127.0.0.1",
                broker.port(),
                DeviceRights.SERVER,
                broker.serverSecret(),
                keyStore == null || password == null ? null : trusting(keyStore, password));
    }

    private static MqttClientSslConfig trusting(Path keyStore, String password) {
        try (var in = Files.newInputStream(keyStore)) {
            var keys = KeyStore.getInstance("PKCS12");
            keys.load(in, password.toCharArray());
            var trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            for (var alias : Collections.list(keys.aliases())) {
                trusted.setCertificateEntry(alias, keys.getCertificate(alias));
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            return MqttClientSslConfig.builder()
                    .trustManagerFactory(trust)
                    .hostnameVerifier((_, _) -> true)
                    .build();
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot use the key store " + keyStore, e);
        }
    }
}
