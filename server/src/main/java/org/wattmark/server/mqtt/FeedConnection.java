package org.wattmark.server.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5PayloadFormatIndicator;
import com.hivemq.client.mqtt.mqtt5.message.publish.Mqtt5Publish;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5RetainHandling;
import com.hivemq.client.mqtt.mqtt5.message.subscribe.Mqtt5Subscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.DeviceId;
import org.wattmark.server.metering.BatchIntake;
import org.wattmark.server.metering.Delivery;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.RequestId;

/// One connection to the broker, by which batches come and answers go.
///
/// A batch is acknowledged when it is decided for good, that is, when its commit is durable or when
/// it is refused, and the broker has the answer. Until then the broker keeps it, and delivers it
/// again by the next connection; the same batch gets the same answer, so that does no harm.
final class FeedConnection implements AutoCloseable {

    /// The largest batch, of 2,976 readings, is about 200 kB.
    static final int LONGEST_BODY = 1_000_000;

    /// One session at the broker, for whichever server leads: the next leader goes on with what the
    /// last one had not acknowledged.
    private static final String CLIENT = "wattmark-meter-feed";

    /// Batches that are not acknowledged yet. The broker sends no more than that, so whatever
    /// meters do, no more wait in memory.
    private static final int RECEIVE_MAXIMUM = 256;

    /// Batches of one device are decided in their order, by one lane; lanes wait for the sequencer
    /// side by side, and share its commits. As many as there may be batches: a lane is a virtual
    /// thread, and with fewer of them devices would wait for each other.
    private static final int LANES = RECEIVE_MAXIMUM;

    /// Before what could not be decided is tried again.
    private static final Duration PAUSE = Duration.ofSeconds(1);

    /// A client that has many batches under way at once may send the first of them behind later
    /// ones. So a batch that lacks the one before it is looked at again for a while before that is
    /// its answer.
    private static final Duration EARLY_FOR = Duration.ofSeconds(5);

    private static final Duration EARLY_LOOK = Duration.ofMillis(100);

    /// Batches that may wait so at a time; further ones are answered at once. Whoever leaves
    /// batches out on purpose holds up half of the connection at the most.
    private static final int MOST_EARLY = RECEIVE_MAXIMUM / 2;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// How long an answer waits at the broker for its device. Whoever comes later sends the batch
    /// again.
    private static final Duration ANSWER_LIFE = Duration.ofDays(7);

    private static final Problem TOO_LARGE =
            Problem.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "body_too_large",
                    "The body is longer than " + LONGEST_BODY + " bytes; send it in parts.");

    private static final Logger LOG = LoggerFactory.getLogger(FeedConnection.class);

    private final Mqtt5AsyncClient client;
    private final BatchIntake intake;
    private final FeedMeters meters;
    private final List<ExecutorService> lanes = new ArrayList<>();
    private final Semaphore earlyPlaces = new Semaphore(MOST_EARLY);
    private final CountDownLatch closing = new CountDownLatch(1);

    private FeedConnection(BrokerAddress address, BatchIntake intake, FeedMeters meters) {
        this.intake = intake;
        this.meters = meters;
        for (int i = 0; i < LANES; i++) {
            var names = Thread.ofVirtual().name("meter-lane-" + i);
            lanes.add(Executors.newSingleThreadExecutor(names.factory()));
        }
        var builder =
                MqttClient.builder()
                        .useMqttVersion5()
                        .identifier(CLIENT)
                        .serverHost(address.host())
                        .serverPort(address.port());
        var tls = address.tls();
        if (tls != null) {
            builder = builder.sslConfig(tls);
        }
        var username = address.username();
        var password = address.password();
        if (username != null && password != null) {
            builder =
                    builder.simpleAuth()
                            .username(username)
                            .password(password.getBytes(UTF_8))
                            .applySimpleAuth();
        }
        client = builder.buildAsync();
    }

    /// @throws IllegalStateException when the broker does not answer or does not let us in
    static FeedConnection open(BrokerAddress address, BatchIntake intake, FeedMeters meters)
            throws InterruptedException {
        var connection = new FeedConnection(address, intake, meters);
        try {
            connection.connect();
            return connection;
        } catch (RuntimeException | InterruptedException e) {
            connection.close();
            throw e;
        }
    }

    private void connect() throws InterruptedException {
        // All of them, from before the connection stands: a session that goes on delivers at once.
        client.publishes(MqttGlobalPublishFilter.ALL, this::received, true);
        var session =
                await(
                        client.connectWith()
                                .cleanStart(false)
                                .noSessionExpiry()
                                .keepAlive(30)
                                .restrictions()
                                .receiveMaximum(RECEIVE_MAXIMUM)
                                .applyRestrictions()
                                .send());
        if (!session.isSessionPresent()) {
            subscribe();
        }
    }

    /// Once a session: it keeps its subscriptions, so whoever adds a topic gives the session
    /// another name. Artemis takes a second subscription to the same shared topics for a new one,
    /// and puts all that the first has not acknowledged behind it; with a window full of those, it
    /// never delivers again.
    private void subscribe() throws InterruptedException {
        try {
            var _ =
                    await(
                            client.subscribeWith()
                                    .addSubscription(subscription(Topics.ALL_BATCHES))
                                    .addSubscription(subscription(Topics.ALL_PACKETS))
                                    .send());
        } catch (IllegalStateException e) {
            // A session without a subscription would look like one that has it.
            var _ = client.disconnectWith().sessionExpiryInterval(0).send();
            throw e;
        }
    }

    private static Mqtt5Subscription subscription(String topics) {
        return Mqtt5Subscription.builder()
                .topicFilter(topics)
                .qos(MqttQos.AT_LEAST_ONCE)
                .retainHandling(Mqtt5RetainHandling.DO_NOT_SEND)
                .build();
    }

    private static <T> T await(CompletableFuture<T> answer) throws InterruptedException {
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the MQTT broker refuses: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new IllegalStateException("the MQTT broker does not answer", e);
        }
    }

    boolean isUp() {
        return client.getState().isConnected();
    }

    /// Called on the client's thread: it only puts the batch into its lane.
    private void received(Mqtt5Publish publish) {
        meters.countReceived();
        try {
            laneOf(publish).execute(() -> handle(publish));
        } catch (RejectedExecutionException e) {
            LOG.debug("a batch came while the connection closes: it comes again", e);
        }
    }

    private ExecutorService laneOf(Mqtt5Publish publish) {
        return lanes.get(Math.floorMod(publish.getTopic().hashCode(), LANES));
    }

    private void handle(Mqtt5Publish publish) {
        var topic = publish.getTopic().toString();
        var device = Topics.deviceOf(topic);
        if (device.isPresent()) {
            handle(device.get(), publish, null);
        } else {
            LOG.warn("nobody's topic, left aside: {}", topic);
            meters.countRefused();
            acknowledge(publish);
        }
    }

    /// @param until as long as it may be early; null when it just came
    private void handle(DeviceId device, Mqtt5Publish publish, @Nullable Long until) {
        boolean waits = false;
        try (var _ = RequestId.begin()) {
            var decided = decide(device, publish);
            waits = decided instanceof Delivery.Early && mayWait(until);
            if (waits) {
                lookAgain(device, publish, until);
            } else {
                answer(device, publish, decided);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.error("a batch of {} is left unacknowledged", device, e);
        } finally {
            if (until != null && !waits) {
                earlyPlaces.release();
            }
        }
    }

    private boolean mayWait(@Nullable Long until) {
        return until == null ? earlyPlaces.tryAcquire() : System.nanoTime() < until;
    }

    /// Leaves the lane to the device's other batches in between.
    private void lookAgain(DeviceId device, Mqtt5Publish publish, @Nullable Long until) {
        var end = until == null ? System.nanoTime() + EARLY_FOR.toNanos() : until;
        CompletableFuture.delayedExecutor(
                        EARLY_LOOK.toMillis(), TimeUnit.MILLISECONDS, laneOf(publish))
                .execute(() -> handle(device, publish, end));
    }

    /// What came of the batch; null when the connection closes before that is known.
    private @Nullable Delivery decide(DeviceId device, Mqtt5Publish publish)
            throws InterruptedException {
        byte[] body = publish.getPayloadAsBytes();
        boolean isOfPackets = Topics.isOfPackets(publish.getTopic().toString());
        if (body.length > LONGEST_BODY) {
            return new Delivery.Refused(TOO_LARGE);
        }
        while (closing.getCount() > 0) {
            var decided = attempt(device, isOfPackets, body);
            if (decided != null) {
                return decided;
            }
            meters.countUnavailable();
            var _ = closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        }
        return null;
    }

    /// Null when it cannot be decided now.
    private @Nullable Delivery attempt(DeviceId device, boolean isOfPackets, byte[] body) {
        try {
            return isOfPackets ? intake.packets().take(device, body) : intake.take(device, body);
        } catch (Sequencer.Unavailable e) {
            LOG.debug("a batch of {} waits", device, e);
            return null;
        } catch (RuntimeException e) {
            var problem = Problem.ofException(e);
            if (problem.retryAfter() != null) {
                LOG.debug("a batch of {} waits", device, e);
                return null;
            }
            LOG.error("answered {} to {}", problem.code(), device, e);
            return new Delivery.Refused(problem);
        }
    }

    private void answer(DeviceId device, Mqtt5Publish publish, @Nullable Delivery decided) {
        switch (decided) {
            case null -> LOG.debug("closing: a batch of {} comes again", device);
            case Delivery.Taken(var receipt) -> {
                meters.countTaken();
                answer(device, publish, "application/json", intake.json(receipt));
            }
            case Delivery.Packets(var view) -> {
                meters.countTaken();
                answer(device, publish, "application/json", intake.packets().json(view));
            }
            case Delivery.Refused(var problem) -> refuse(device, publish, problem);
            case Delivery.Early(var problem) -> refuse(device, publish, problem);
        }
    }

    private void refuse(DeviceId device, Mqtt5Publish publish, Problem problem) {
        meters.countRefused();
        answer(device, publish, "application/problem+json", problem.json());
    }

    private void answer(DeviceId device, Mqtt5Publish publish, String type, byte[] json) {
        var answer =
                Mqtt5Publish.builder()
                        .topic(answerTopic(device, publish))
                        .qos(MqttQos.AT_LEAST_ONCE)
                        .payload(json)
                        .payloadFormatIndicator(Mqtt5PayloadFormatIndicator.UTF_8)
                        .contentType(type)
                        .messageExpiryInterval(ANSWER_LIFE.toSeconds())
                        .correlationData(publish.getCorrelationData().orElse(null))
                        .build();
        var _ =
                client.publish(answer)
                        .whenComplete((_, failure) -> answered(device, publish, failure));
    }

    /// The answer goes where the device asked for it, as long as only the device can read there.
    private static String answerTopic(DeviceId device, Mqtt5Publish publish) {
        return publish.getResponseTopic()
                .map(Object::toString)
                .filter(topic -> Topics.isReceiptOf(device, topic))
                .orElse(Topics.receiptsOf(device));
    }

    private static void answered(
            DeviceId device, Mqtt5Publish publish, @Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause == null) {
            acknowledge(publish);
        } else if (cause instanceof Mqtt5PubAckException refused) {
            LOG.warn("the broker takes no answer for {}: {}", device, refused.getMessage());
            acknowledge(publish); // the batch itself is decided, and more attempts change nothing
        } else {
            LOG.debug("the answer for {} did not arrive: its batch comes again", device, cause);
        }
    }

    private static void acknowledge(Mqtt5Publish publish) {
        try {
            publish.acknowledge();
        } catch (IllegalStateException e) {
            LOG.debug("the connection is gone: a batch that was decided comes again", e);
        }
    }

    /// Finishes the batches in hand, as long as they are not waiting for something, and leaves. The
    /// broker keeps the session and all that is not acknowledged.
    @Override
    public void close() {
        closing.countDown();
        lanes.forEach(ExecutorService::shutdown);
        try {
            long end = System.nanoTime() + PATIENCE.toNanos();
            for (var lane : lanes) {
                if (!lane.awaitTermination(end - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    lane.shutdownNow();
                }
            }
            if (isUp()) {
                var _ = await(client.disconnect());
            }
        } catch (InterruptedException e) {
            lanes.forEach(ExecutorService::shutdownNow);
            Thread.currentThread().interrupt();
        } catch (IllegalStateException e) {
            LOG.debug("the MQTT broker was not told of the end", e);
        }
    }
}
