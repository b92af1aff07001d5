package org.wattmark.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5SubAckException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.SimulatedMeter;
import org.wattmark.server.metering.BatchIntake;
import org.wattmark.server.metering.Delivery;
import org.wattmark.testing.Eventually;
import org.wattmark.units.Period;
import tools.jackson.databind.node.ObjectNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetersOverMqttTest extends MqttTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final MqttSettings settings = onFreePort();

    @Autowired private BatchIntake intake;

    private MeterFeed feed;

    @SuppressWarnings("NullAway.Init") // Spring and JUnit set the fields
    MetersOverMqttTest() {}

    @BeforeAll
    void listen(@TempDir Path data) {
        feed = feed(settings, data, registry);
    }

    @AfterAll
    void stop() {
        feed.close();
    }

    @Test
    void aBatchGetsTheReceiptThatHttpGives() {
        var panel = bondedPanel();
        var signed = panel.meter().honest(JULY_FIRST);
        try (var meter = meter(panel).listening()) {

            meter.publish(wire(signed));
            var receipt = meter.answer();
            var overHttp = send(panel, signed);

            assertThat(receipt.type()).isEqualTo("application/json");
            assertThat(receipt.topic()).isEqualTo(Topics.receiptsOf(panel.device().id()));
            assertThat(receipt.json().get("accepted").asInt()).isEqualTo(96);
            assertThat(overHttp.statusCode()).isEqualTo(201);
            assertThat(receipt.body()).isEqualTo(overHttp.body());
            assertThat(stored(panel)).isEqualTo(96);
        }
    }

    @Test
    void whatIsDeliveredAgainGetsTheSameReceiptAndIsStoredOnce() {
        var panel = bondedPanel();
        var signed = panel.meter().honest(JULY_FIRST);
        var overHttp = send(panel, signed);
        try (var meter = meter(panel).listening()) {

            meter.publish(wire(signed));
            meter.publish(wire(signed));

            assertThat(meter.answer().body()).isEqualTo(overHttp.body());
            assertThat(meter.answer().body()).isEqualTo(overHttp.body());
            assertThat(stored(panel)).isEqualTo(96);
        }
    }

    @Test
    void aBatchThatIsRefusedGetsTheProblemThatHttpGives() {
        var panel = bondedPanel();
        var forged = SimulatedMeter.forged(panel.meter().honest(JULY_FIRST));
        var badField = new HashMap<>(wire(panel.meter().honest(JULY_FIRST)));
        badField.put("sequence", 0);
        double before = decided("refused");
        try (var meter = meter(panel).listening()) {

            meter.publish(wire(forged));
            var signature = meter.answer();
            meter.publish(badField);
            var field = meter.answer();
            meter.publish("{\"channel\": ");
            var broken = meter.answer();
            meter.publish("null");
            var missing = meter.answer();

            assertThat(signature.type()).isEqualTo("application/problem+json");
            assertThat(withoutId(signature.body()))
                    .isEqualTo(withoutId(send(panel, forged).body()));
            assertThat(withoutId(field.body()))
                    .isEqualTo(
                            withoutId(
                                    post(panel.path() + "/reading-batches", panel.owner(), badField)
                                            .body()));
            assertThat(signature.json().get("code").asString()).isEqualTo("signature_invalid");
            assertThat(broken.json().get("code").asString()).isEqualTo("malformed_json");
            assertThat(missing.json().get("code").asString()).isEqualTo("body_missing");
            assertThat(stored(panel)).isZero();
            assertThat(decided("refused") - before).isEqualTo(4);
        }
    }

    /// As when a broker delivers the first of many batches after the second.
    @Test
    void aBatchThatOvertookTheOneBeforeItIsTakenWhenThatHasCome() {
        var panel = bondedPanel();
        var signer = panel.meter();
        var first = signer.honest(JULY_FIRST);
        var second = signer.honest(Period.starting(JULY_FIRST.end(), Duration.ofDays(1)));
        try (var meter = meter(panel).listening()) {

            meter.publish(wire(second));
            meter.publish(wire(first));
            var answers = List.of(meter.answer(), meter.answer());

            assertThat(answers)
                    .extracting(answer -> answer.json().at("/sequence").asLong())
                    .containsExactly(1L, 2L);
        }
    }

    @Test
    void aBatchWhoseForerunnerNeverComesIsRefusedInTheEnd() {
        var panel = bondedPanel();
        var signer = panel.meter();
        var _ = signer.honest(JULY_FIRST);
        var second = signer.honest(Period.starting(JULY_FIRST.end(), Duration.ofDays(1)));
        try (var meter = meter(panel).listening()) {

            meter.publish(wire(second));
            var overMqtt = meter.answer();

            assertThat(withoutId(overMqtt.body())).isEqualTo(withoutId(send(panel, second).body()));
            assertThat(overMqtt.json().get("code").asString()).isEqualTo("sequence_gap");
        }
    }

    private static ObjectNode withoutId(String problem) {
        var body = (ObjectNode) JSON.readTree(problem);
        body.remove("request_id");
        return body;
    }

    @Test
    void aBodyThatIsTooLongIsRefused() {
        var panel = bondedPanel();
        try (var meter = meter(panel).listening()) {

            meter.publish(" ".repeat(FeedConnection.LONGEST_BODY + 1));

            assertThat(meter.answer().json().get("code").asString()).isEqualTo("body_too_large");
        }
    }

    @Test
    void theAnswerGoesWhereTheDeviceAsksForItIfThatIsItsOwn() {
        var panel = bondedPanel();
        var own = Topics.receiptsOf(panel.device().id()) + "/today";
        var foreign = Topics.receiptsOf(new DeviceId(UUID.randomUUID()));
        var signed = panel.meter().honest(JULY_FIRST);
        try (var meter = meter(panel).listening()) {

            meter.ask(wire(signed), own, "batch 1");
            var asked = meter.answer();
            meter.ask(wire(signed), foreign, "batch 1 again");
            var elsewhere = meter.answer();

            assertThat(asked.topic()).isEqualTo(own);
            assertThat(asked.correlation()).isEqualTo("batch 1");
            assertThat(elsewhere.topic()).isEqualTo(Topics.receiptsOf(panel.device().id()));
            assertThat(elsewhere.correlation()).isEqualTo("batch 1 again");
        }
    }

    @Test
    void aDeviceDoesNotPublishAsAnother() {
        var panel = bondedPanel();
        var other = bondedPanel();
        var signed = other.meter().honest(JULY_FIRST);
        try (var meter = meter(panel).listening()) {

            var asOther =
                    meter.send(
                            Topics.batchesOf(other.device().id()), MeterClient.bytes(wire(signed)));
            assertThatThrownBy(() -> MeterClient.join(asOther))
                    .hasCauseInstanceOf(Mqtt5PubAckException.class);
            meter.publish(wire(signed));

            assertThat(meter.answer().json().get("code").asString())
                    .as("the other's batch by its own topic")
                    .isEqualTo("signature_invalid");
            assertThat(stored(other)).isZero();
        }
    }

    @Test
    void aDeviceDoesNotReadAnothersReceipts() {
        var panel = bondedPanel();
        var other = bondedPanel();
        var receipts = Topics.receiptsOf(other.device().id());
        try (var meter = meter(panel)) {

            for (var filter : new String[] {receipts, "meters/+/receipts", "meters/#", "#"}) {
                assertThatThrownBy(() -> meter.subscribe(filter))
                        .as(filter)
                        .hasCauseInstanceOf(Mqtt5SubAckException.class);
            }
        }
    }

    @Test
    void aDeviceDoesNotTakeFromTheServersSubscription() {
        var panel = bondedPanel();
        var secret = secretOf(panel);

        assertThatThrownBy(() ->
                        Strangers.subscribe(
                                settings.port(),
                                panel.device().id().toString(),
                                secret,
                                Topics.ALL_BATCHES))
                .isInstanceOf(CompletionException.class);

        try (var meter = MeterClient.connect(settings.port(), panel, secret).listening()) {
            meter.publish(wire(panel.meter().honest(JULY_FIRST)));
            assertThat(meter.answer().json().get("accepted").asInt()).isEqualTo(96);
        }
    }

    @Test
    void onlyADeviceWithItsOwnSecretAndItsOwnSessionGetsIn() {
        var panel = bondedPanel();
        var other = bondedPanel();
        var secret = secretOf(panel);
        var device = panel.device().id();
        var otherName = other.device().id().toString();

        thenIsNotLetIn(() -> connect(device, device.toString(), "x" + secret));
        thenIsNotLetIn(() -> connect(other.device().id(), otherName, secret));
        assertThatThrownBy(() -> connect(device, otherName, secret))
                .as("in another's session")
                .isInstanceOf(CompletionException.class);
        thenIsNotLetIn(() -> Strangers.anonymous(settings.port()));
        thenIsNotLetIn(() -> Strangers.named(settings.port(), DeviceRights.SERVER, secret));
        connect(device, device + "-2", secret).close();
    }

    private MeterClient connect(DeviceId device, String client, String secret) {
        return MeterClient.connect(settings.port(), device, client, secret);
    }

    private static void thenIsNotLetIn(org.assertj.core.api.ThrowableAssert.ThrowingCallable who) {
        assertThatThrownBy(who).hasCauseInstanceOf(Mqtt5ConnAckException.class);
    }

    /// The server of the tests listens to no MQTT itself, so its end of connections is asked here.
    @Test
    void aSecretEndsWithTheNextOneAndWhenItIsRevoked() {
        var panel = bondedPanel();
        var first = secretOf(panel);
        try (var meter = MeterClient.connect(settings.port(), panel, first)) {

            var second = secretOf(panel);
            feed.disconnect(panel.device().id());

            Eventually.await("the connection ends", () -> !meter.isConnected());
            thenIsNotLetIn(() -> MeterClient.connect(settings.port(), panel, first));
            MeterClient.connect(settings.port(), panel, second).close();
            var revoked =
                    send(
                            request(panel.path() + "/mqtt-credentials", panel.owner().token())
                                    .DELETE());
            feed.disconnect(panel.device().id());
            assertThat(revoked.statusCode()).isEqualTo(204);
            thenIsNotLetIn(() -> MeterClient.connect(settings.port(), panel, second));
        }
    }

    @Test
    void onlyTheOwnerMakesSecretsAndNoneIsKept() {
        var panel = bondedPanel();
        var path = panel.path() + "/mqtt-credentials";

        var secret = secretOf(panel);

        thenRefused(post(path, newOwner(), Map.of()), 404, "device_unknown");
        assertThat(
                        jdbc.sql("select secret_hash from mqtt_credential where device_id = ?")
                                .param(panel.device().id().value())
                                .query(String.class)
                                .single())
                .startsWith("sha256$")
                .doesNotContain(secret);
    }

    @Test
    void aDeviceThatNobodyBondedIsUnknown() {
        var unknown = new DeviceId(UUID.randomUUID());

        var delivery = intake.take(unknown, MeterClient.bytes("{}"));

        assertThat(delivery)
                .isInstanceOfSatisfying(
                        Delivery.Refused.class,
                        refused ->
                                assertThat(refused.problem().code()).isEqualTo("device_unknown"));
    }

    private MeterClient meter(Panel panel) {
        return MeterClient.connect(settings.port(), panel, secretOf(panel));
    }

    private double decided(String outcome) {
        return registry.get("wattmark.mqtt.batches.decided")
                .tag("outcome", outcome)
                .counter()
                .count();
    }
}
