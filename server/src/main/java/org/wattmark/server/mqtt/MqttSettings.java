package org.wattmark.server.mqtt;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/// Where meters are listened to by MQTT: on a port of our own, at somebody's broker, or nowhere.
///
/// @param port of the broker in this process; 0 for none
/// @param url of another broker, `mqtt://host:1883` or `mqtts://host:8883`, in place of ours
/// @param username as whom to sign in to the other broker
/// @param keyStore PKCS#12 with the key and certificate of our broker, which then speaks TLS only
@ConfigurationProperties("wattmark.mqtt")
public record MqttSettings(
        @DefaultValue("0") int port,
        @Nullable URI url,
        @Nullable String username,
        @Nullable String password,
        @Nullable Path keyStore,
        @Nullable String keyStorePassword) {

    public MqttSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("wattmark.mqtt.port is no TCP port: " + port);
        }
        if (url != null && port != 0) {
            throw new IllegalArgumentException(
                    "wattmark.mqtt has a port for a broker of its own and the url of another one");
        }
        if (url != null && (url.getHost() == null || !isKnown(url.getScheme()))) {
            throw new IllegalArgumentException(
                    "wattmark.mqtt.url is not like mqtt://host:1883 or mqtts://host:8883: " + url);
        }
        if (keyStore != null && keyStorePassword == null) {
            throw new IllegalArgumentException(
                    "wattmark.mqtt.key-store needs wattmark.mqtt.key-store-password");
        }
    }

    private static boolean isKnown(@Nullable String scheme) {
        return "mqtt".equals(scheme) || "mqtts".equals(scheme);
    }

    public boolean isOff() {
        return port == 0 && url == null;
    }

    /// Without the passwords.
    @Override
    public String toString() {
        if (isOff()) {
            return "off";
        }
        return url == null
                ? "port " + port + (keyStore == null ? "" : " with TLS")
                : url.toString();
    }
}
