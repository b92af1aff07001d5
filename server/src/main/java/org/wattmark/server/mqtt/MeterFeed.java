package org.wattmark.server.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.metering.BatchIntake;

/// Takes what meters publish while this server leads: it runs the broker, if it is ours, stays
/// connected to it, and lets go of both when another server leads. Batches wait at the broker in
/// between.
///
/// Whatever goes wrong with the broker or on the way to it is tried again until it is well.
final class MeterFeed implements HealthIndicator, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(MeterFeed.class);

    /// How often to look who leads and whether the connection still stands.
    private static final Duration LOOK = Duration.ofMillis(500);

    /// A clean stop waits for the batches in hand, which wait for the sequencer as long as it lets
    /// them; what is not done by then comes again.
    private static final Duration STOP = Duration.ofSeconds(20);

    private final MqttSettings settings;
    private final Path data;
    private final DeviceSecrets secrets;
    private final BooleanSupplier leads;
    private final BatchIntake intake;
    private final FeedMeters meters;

    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread =
            Thread.ofPlatform().daemon().name("meter-feed").unstarted(this::run);

    private volatile @Nullable EmbeddedBroker broker;
    private volatile @Nullable FeedConnection connection;
    private volatile @Nullable String trouble;

    private MeterFeed(
            MqttSettings settings,
            Path data,
            DeviceSecrets secrets,
            BooleanSupplier leads,
            BatchIntake intake,
            FeedMeters meters) {
        this.settings = settings;
        this.data = data;
        this.secrets = secrets;
        this.leads = leads;
        this.intake = intake;
        this.meters = meters;
    }

    /// Starts to look after the feed; it is up a moment after this server leads.
    static MeterFeed start(
            MqttSettings settings,
            Path data,
            DeviceSecrets secrets,
            BooleanSupplier leads,
            BatchIntake intake,
            FeedMeters meters) {
        var feed = new MeterFeed(settings, data, secrets, leads, intake, meters);
        if (settings.isOff()) {
            feed.stop.countDown();
        }
        feed.thread.start();
        return feed;
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                attempt();
                var _ = stop.await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            letGo();
        }
    }

    private void attempt() throws InterruptedException {
        try {
            if (leads.getAsBoolean()) {
                beUp();
            } else {
                letGo();
            }
            trouble = null;
        } catch (RuntimeException e) {
            if (trouble == null) {
                LOG.warn("meters cannot be listened to by MQTT until this passes", e);
            }
            trouble = String.valueOf(e.getMessage());
        }
    }

    private void beUp() throws InterruptedException {
        var open = connection;
        if (open != null && open.isUp()) {
            return;
        }
        if (open != null) {
            LOG.warn("the connection to the MQTT broker is lost; connecting again");
            connection = null;
            open.close();
        }
        connection = FeedConnection.open(address(), intake, meters);
        LOG.info("listening to meters by MQTT, {}", settings);
    }

    private BrokerAddress address() {
        var url = settings.url();
        if (url != null) {
            return BrokerAddress.of(settings, url);
        }
        var own = broker;
        if (own == null) {
            own = EmbeddedBroker.start(settings, data, secrets);
            broker = own;
        }
        return BrokerAddress.of(settings, own);
    }

    private void letGo() {
        var open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
        var own = broker;
        broker = null;
        if (own != null) {
            own.close();
        }
    }

    /// Ends the device's connections to our broker: what it signed in with is no longer right.
    void disconnect(DeviceId device) {
        var own = broker;
        if (own != null) {
            own.disconnect(device);
        }
    }

    /// Stops after the batches in hand. What still waits comes again after the next start.
    @Override
    public void close() {
        stop.countDown();
        try {
            if (!thread.join(STOP)) {
                LOG.error("the feed of meters does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Whether what a meter publishes now is taken now.
    boolean isListening() {
        var open = connection;
        return open != null && open.isUp();
    }

    @Override
    public Health health() {
        var reason = trouble;
        if (reason != null) {
            return Health.down().withDetail("reason", reason).build();
        }
        return Health.up()
                .withDetail("mqtt", settings.toString())
                .withDetail("listening", isListening())
                .build();
    }
}
