package org.wattmark.server.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.activemq.artemis.api.core.QueueConfiguration;
import org.apache.activemq.artemis.api.core.RoutingType;
import org.apache.activemq.artemis.api.core.SimpleString;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.remoting.impl.netty.TransportConstants;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.secrets.RandomSecret;

/// Apache Artemis in this process, for MQTT alone. What it has acknowledged to a device is on disk,
/// in `mqtt/` below the data folder, until the feed has taken it.
final class EmbeddedBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);

    /// The longest packet: a body of [FeedConnection#LONGEST_BODY], its topic and its properties.
    private static final int LONGEST_PACKET = FeedConnection.LONGEST_BODY + 65_536;

    /// Two files of 2 MiB. With the default of 10 MiB a first start on a slow disk takes a minute.
    private static final int JOURNAL_FILE_BYTES = 2 * 1024 * 1024;

    /// Past this, what waits in one address lies on disk only.
    private static final long BYTES_IN_MEMORY = 16L * 1024 * 1024;

    private static final int PAGE_BYTES = 1024 * 1024;

    /// Percent of the disk in use from which on nothing is taken from devices any more.
    private static final int FULLEST_DISK = 97;

    /// For so long the broker believes what it was told of a secret. A change at this server is
    /// told to it at once, so this is for a change at another.
    private static final Duration BELIEF = Duration.ofMinutes(1);

    /// The queue that is behind the feed's shared subscription, named as the broker names it. It is
    /// there before the first device is, so nothing is published in vain.
    private static final String FEED_ADDRESS = "meters.*.batches";

    /// Where a receipt goes whose device does not come for it. Without a name for it the broker
    /// warns of each subscription.
    private static final SimpleString NOWHERE = SimpleString.of("wattmark.expired");

    private static final String FEED_QUEUE = "wattmark." + FEED_ADDRESS;

    private final EmbeddedActiveMQ broker;
    private final int port;
    private final String serverSecret;

    private EmbeddedBroker(EmbeddedActiveMQ broker, int port, String serverSecret) {
        this.broker = broker;
        this.port = port;
        this.serverSecret = serverSecret;
    }

    /// @param data the server's data folder
    static EmbeddedBroker start(MqttSettings settings, Path data, DeviceSecrets secrets) {
        requireFree(settings.port());
        var serverSecret = RandomSecret.make();
        var broker =
                new EmbeddedActiveMQ()
                        .setConfiguration(configuration(settings, data.resolve("mqtt")))
                        .setSecurityManager(new DeviceRights(secrets, serverSecret));
        try {
            broker.start();
        } catch (Exception e) {
            stop(broker);
            throw new IllegalStateException("the MQTT broker does not start", e);
        }
        return new EmbeddedBroker(broker, settings.port(), serverSecret);
    }

    /// The broker would only write to the log that it cannot listen.
    private static void requireFree(int port) {
        try (var socket = new ServerSocket(port)) {
            socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("port " + port + " is in use", e);
        }
    }

    private static Configuration configuration(MqttSettings settings, Path folder) {
        var config = new ConfigurationImpl();
        config.setName("wattmark")
                .setPersistenceEnabled(true)
                .setJournalType(JournalType.NIO)
                .setJournalDirectory(folder.resolve("journal").toString())
                .setBindingsDirectory(folder.resolve("bindings").toString())
                .setLargeMessagesDirectory(folder.resolve("large").toString())
                .setPagingDirectory(folder.resolve("paging").toString())
                .setJournalFileSize(JOURNAL_FILE_BYTES)
                .setJournalMinFiles(2)
                .setMaxDiskUsage(FULLEST_DISK)
                .setSecurityEnabled(true)
                .setSecurityInvalidationInterval(BELIEF.toMillis())
                .setJMXManagementEnabled(false)
                .setIncomingInterceptorClassNames(List.of(OwnSessionOnly.class.getName()))
                .addAcceptorConfiguration(acceptor(settings))
                .addQueueConfiguration(
                        QueueConfiguration.of(FEED_QUEUE)
                                .setAddress(FEED_ADDRESS)
                                .setRoutingType(RoutingType.MULTICAST)
                                .setDurable(true));
        // A watchdog that ends the process belongs into a process of its own.
        config.setCriticalAnalyzer(false);
        config.addAddressSetting("#", addresses());
        return config;
    }

    /// Nothing is dropped: not when memory is full, and not after many attempts.
    private static AddressSettings addresses() {
        return new AddressSettings()
                .setAddressFullMessagePolicy(AddressFullMessagePolicy.PAGE)
                .setMaxSizeBytes(BYTES_IN_MEMORY)
                .setPageSizeBytes(PAGE_BYTES)
                .setMaxDeliveryAttempts(-1)
                .setDeadLetterAddress(NOWHERE)
                .setExpiryAddress(NOWHERE);
    }

    private static TransportConfiguration acceptor(MqttSettings settings) {
        var parameters = new HashMap<String, Object>();
        parameters.put(TransportConstants.HOST_PROP_NAME, "0.0.0.0");
        parameters.put(TransportConstants.PORT_PROP_NAME, settings.port());
        parameters.put(TransportConstants.PROTOCOLS_PROP_NAME, "MQTT");
        var keyStore = settings.keyStore();
        var password = settings.keyStorePassword();
        if (keyStore != null && password != null) {
            parameters.put(TransportConstants.SSL_ENABLED_PROP_NAME, true);
            parameters.put(TransportConstants.KEYSTORE_PATH_PROP_NAME, keyStore.toString());
            parameters.put(TransportConstants.KEYSTORE_TYPE_PROP_NAME, "PKCS12");
            parameters.put(TransportConstants.KEYSTORE_PASSWORD_PROP_NAME, password);
        }
        return new TransportConfiguration(
                NettyAcceptorFactory.class.getName(),
                parameters,
                "mqtt",
                Map.of("maximumPacketSize", LONGEST_PACKET));
    }

    int port() {
        return port;
    }

    /// By which the server signs in, as [DeviceRights#SERVER].
    String serverSecret() {
        return serverSecret;
    }

    /// Ends the device's connections and forgets what was believed of its secret.
    void disconnect(DeviceId device) {
        try {
            var control = broker.getActiveMQServer().getActiveMQServerControl();
            control.clearAuthenticationCache();
            control.clearAuthorizationCache();
            control.closeConnectionsForUser(device.toString());
        } catch (Exception e) {
            LOG.error("the MQTT broker lets go of {} only within {}", device, BELIEF, e);
        }
    }

    @Override
    public void close() {
        stop(broker);
    }

    private static void stop(EmbeddedActiveMQ broker) {
        try {
            broker.stop();
        } catch (Exception e) {
            LOG.warn("the MQTT broker does not stop tidily", e);
        }
    }
}
