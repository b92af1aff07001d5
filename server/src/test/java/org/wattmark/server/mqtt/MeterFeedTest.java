package org.wattmark.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.wattmark.metering.Channel;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.SignedBatch;
import org.wattmark.testing.Eventually;
import org.wattmark.units.Period;

/// What the feed does when something is away for a while.
class MeterFeedTest extends MqttTest {

    private static final int DEVICES = 10;
    private static final int BATCHES = 100;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @TempDir private Path data;
    @Autowired private DataSource database;

    @SuppressWarnings("NullAway.Init") // JUnit and Spring set the fields before each test
    MeterFeedTest() {}

    @Test
    void nothingIsLostAndEachGetsItsReceiptAlthoughTheServerRestartsInTheMiddle() {
        var settings = onFreePort();
        var panels = IntStream.range(0, DEVICES).mapToObj(_ -> bondedPanel()).toList();
        var batches = panels.stream().map(MeterFeedTest::batches).toList();
        var meters = new ArrayList<MeterClient>();
        var delivered = new ArrayList<CompletableFuture<?>>();

        try (var _ = feed(settings, data, registry)) {
            for (var panel : panels) {
                var meter = MeterClient.connect(settings.port(), panel, secretOf(panel));
                meters.add(meter.listening());
            }
            for (int i = 0; i < DEVICES; i++) {
                delivered.add(sendAll(meters.get(i), batches.get(i)));
            }
            Eventually.await("a part is taken", () -> decided("taken") >= DEVICES * BATCHES / 4.0);
        }
        try (var _ = feed(settings, data, registry)) {
            delivered.forEach(MeterClient::join);

            for (int i = 0; i < DEVICES; i++) {
                assertThat(sequencesOf(meters.get(i), batches.get(i)))
                        .containsExactlyElementsOf(
                                LongStream.rangeClosed(1, BATCHES).boxed().toList());
            }
            assertThat(panels).allMatch(panel -> stored(panel) == BATCHES);
        } finally {
            meters.forEach(MeterClient::close);
        }
    }

    /// Each batch once the broker has the one before: a client that has a hundred under way at once
    /// does not keep their order.
    private static CompletableFuture<?> sendAll(MeterClient meter, List<SignedBatch> batches) {
        CompletableFuture<?> sent = CompletableFuture.completedFuture(null);
        for (var signed : batches) {
            sent = sent.thenCompose(_ -> meter.send(wire(signed)));
        }
        return sent;
    }

    /// One reading each.
    private static List<SignedBatch> batches(Panel panel) {
        var signer = panel.meter();
        return IntStream.range(0, BATCHES)
                .mapToObj(i -> JULY_FIRST.start().plus(Duration.ofMinutes(15).multipliedBy(i)))
                .map(start -> Period.starting(start, Duration.ofMinutes(15)))
                .map(interval ->
                        signer.next(Channel.GENERATION, List.of(new IntervalReading(interval, 0))))
                .toList();
    }

    /// Of the receipts, until there are as many as batches; some may come twice. What a broker that
    /// stops has taken and lost has no receipt, so the meter sends it again, as it is told to.
    private static Set<Long> sequencesOf(MeterClient meter, List<SignedBatch> batches) {
        var sequences = new TreeSet<Long>();
        int silences = 0;
        while (sequences.size() < BATCHES && silences < 3) {
            var answer = meter.answerWithin(Duration.ofSeconds(10)).map(MeterClient.Answer::json);
            if (answer.isPresent()) {
                assertThat(answer.get().has("receipt")).as(answer.get().toString()).isTrue();
                sequences.add(answer.get().get("sequence").asLong());
            } else {
                silences++;
                var missing = IntStream.range(0, BATCHES).filter(n -> !sequences.contains(n + 1L));
                MeterClient.join(sendAll(meter, missing.mapToObj(batches::get).toList()));
            }
        }
        return sequences;
    }

    @Test
    void aBatchThatCannotBeDecidedNowIsDecidedLater() throws SQLException {
        var settings = onFreePort();
        var panel = bondedPanel();
        var secret = secretOf(panel);
        try (var _ = feed(settings, data, registry);
                var meter = MeterClient.connect(settings.port(), panel, secret).listening();
                var blocker = database.getConnection()) {
            blocker.setAutoCommit(false);
            blocker.createStatement().execute("select * from leader for update");

            meter.publish(wire(panel.meter().honest(JULY_FIRST)));
            Eventually.await(
                    "it is tried again", () -> count("wattmark.mqtt.batches.unavailable") >= 1);
            assertThat(decided("taken") + decided("refused")).isZero();
            blocker.rollback();

            assertThat(meter.answer().json().get("accepted").asInt()).isEqualTo(96);
            assertThat(stored(panel)).isEqualTo(96);
        }
    }

    @Test
    void whatCameWhileNobodyListenedIsTakenAfterwards() {
        var settings = onFreePort();
        var panel = bondedPanel();
        var secret = secretOf(panel);
        try (var _ = EmbeddedBroker.start(settings, data, new DeviceSecrets(jdbc));
                var meter = MeterClient.connect(settings.port(), panel, secret).listening()) {
            meter.publish(wire(panel.meter().honest(JULY_FIRST)));
        }

        try (var _ = feed(settings, data, registry);
                var meter = MeterClient.connect(settings.port(), panel, secret)) {

            assertThat(meter.answer().json().get("accepted").asInt()).isEqualTo(96);
        }
    }

    @Test
    void anotherBrokerIsListenedToByItsUrl() {
        var own = onFreePort();
        var panel = bondedPanel();
        var secret = secretOf(panel);
        var broker = EmbeddedBroker.start(own, data, new DeviceSecrets(jdbc));
        var url = URI.create("mqtt://localhost:" + own.port());
        var settings =
                new MqttSettings(0, url, DeviceRights.SERVER, broker.serverSecret(), null, null);

        try (var feed = feed(settings, data, registry);
                var meter = MeterClient.connect(own.port(), panel, secret).listening()) {
            meter.publish(wire(panel.meter().honest(JULY_FIRST)));

            assertThat(meter.answer().json().get("accepted").asInt()).isEqualTo(96);
            assertThat(feed.health().getStatus()).isEqualTo(Status.UP);
            broker.close();
            Eventually.await("it is missed", () -> feed.health().getStatus().equals(Status.DOWN));
        } finally {
            broker.close();
        }
    }

    @Test
    void withAKeyStoreTheBrokerSpeaksTls() throws IOException, InterruptedException {
        var keyStore = data.resolve("mqtt.p12");
        var made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "mqtt",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=mqtt.wattmark.test",
                                "-keystore",
                                keyStore.toString(),
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                "only-for-tests")
                        .inheritIO()
                        .start();
        assertThat(made.waitFor(60, TimeUnit.SECONDS)).isTrue();
        var settings = new MqttSettings(freePort(), null, null, null, keyStore, "only-for-tests");

        try (var feed = feed(settings, data, registry)) {

            assertThat(feed.health().getStatus()).as("it listens by TLS").isEqualTo(Status.UP);
            assertThat(Strangers.speaksTls(settings.port())).isTrue();
        }
    }

    private double decided(String outcome) {
        return registry.get("wattmark.mqtt.batches.decided")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    private double count(String name) {
        return registry.get(name).counter().count();
    }
}
