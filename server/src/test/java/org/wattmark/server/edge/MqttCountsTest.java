package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.wattmark.metering.Channel;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.edge.MqttCounts.Meaning;
import org.wattmark.testing.Eventually;
import org.wattmark.testing.SettableClock;

/// What home servers tell over a real broker, in their own words.
class MqttCountsTest {

    private static final String SUM = "edge/edge0/channel/_sum/";
    private static final String STATE = "homeassistant/sensor/solar_energy/state";

    private final SettableClock clock = SettableClock.at("2026-06-21T12:00:00Z");
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final TestBroker broker = new TestBroker();

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void theSumsOfOpenEmsAreCountersOfThreeChannels() {
        try (var source = openEms()) {
            whenTold(source, SUM + "ProductionActivePower", "4321");
            // Retained, as OpenEMS publishes: whoever listens gets it as news all the same.
            broker.publish(SUM + "GridSellActiveEnergy", "3000000", true);
            broker.publish(SUM + "GridBuyActiveEnergy", "null", true);
            broker.publish(SUM + "ProductionActiveEnergy", "7654321", false);

            var counts = new ArrayList<Count>();
            Eventually.await(
                    "the last of them is heard",
                    () -> {
                        counts.addAll(seen(source));
                        return counts.stream()
                                .anyMatch(each -> each.channel() == Channel.GENERATION);
                    });
            assertThat(counts)
                    .contains(
                            count(Channel.GENERATION, 7_654_321), count(Channel.EXPORT, 3_000_000))
                    .noneMatch(each -> each.channel() == Channel.IMPORT);
            assertThat(source.look(clock.instant()))
                    .as("told once, counted once")
                    .isEqualTo(new Look.Seen(List.of(), 4_321L));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"12345.678|12345678", "\"12345.678\"|12345678", "0.0009|0", "7|7000"})
    void homeAssistantTellsKilowattHoursBareOrAsJsonText(String payload, long wattHours) {
        try (var source = homeAssistant()) {

            var counts = whenTold(source, STATE, payload);

            assertThat(counts).contains(count(Channel.GENERATION, wattHours));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ten", "1e9999999", "-1", "{\"energy\": 5}", "99999999999999999999"})
    void whatIsNoCountIsSaidToBeNone(String payload) {
        try (var source = homeAssistant()) {
            whenTold(source, STATE, "5");

            broker.publish(STATE, payload, false);

            Eventually.await(
                    "it is said",
                    () ->
                            source.look(clock.instant()) instanceof Look.Nothing(var why)
                                    && why.startsWith(STATE + " says "));
        }
    }

    @Test
    void whatWasRetainedIsOfNobodyKnowsWhen() {
        broker.publish(STATE, "5", true);
        try (var source = homeAssistant()) {

            var counts = whenTold(source, STATE, "6");

            assertThat(counts).containsOnly(count(Channel.GENERATION, 6_000));
        }
    }

    @Test
    void silenceIsTroubleAfterTenMinutes() {
        try (var source = homeAssistant()) {
            whenTold(source, STATE, "unavailable", "5");

            var soon = source.look(clock.instant().plus(Duration.ofMinutes(10)));
            var later = source.look(clock.instant().plus(Duration.ofMinutes(11)));

            assertThat(soon).isInstanceOf(Look.Seen.class);
            assertThat(later)
                    .isEqualTo(
                            new Look.Nothing("nothing has come on [" + STATE + "] for 10 minutes"));
        }
    }

    @Test
    void aBrokersUrlIsCheckedAndHasNoPasswordInIt() {
        assertThatThrownBy(() -> BrokerUrl.of("--openems", URI.create("http://host"), null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("--openems is not like mqtt://");
        assertThatThrownBy(() -> BrokerUrl.of("--openems", URI.create("mqtt://u:p@host"), null))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("has a password in it");
        assertThat(BrokerUrl.of("--openems", URI.create("mqtts://u@host"), "p"))
                .isEqualTo(new BrokerUrl("host", 8883, true, "u", "p"));
    }

    private MqttCounts openEms() {
        return new MqttCounts(broker.url(), MqttCounts.openEms("edge0", ""), clock, said::add);
    }

    private MqttCounts homeAssistant() {
        return new MqttCounts(
                broker.url(),
                Map.of(STATE, new Meaning.Energy(Channel.GENERATION, BigDecimal.valueOf(1_000))),
                clock,
                said::add);
    }

    /// Tells it until it is heard: nobody knows when the subscription stands.
    private List<Count> whenTold(MqttCounts source, String topic, String... payloads) {
        var counts = new ArrayList<Count>();
        Eventually.await(
                "it is heard",
                () -> {
                    for (var payload : payloads) {
                        broker.publish(topic, payload, false);
                    }
                    if (source.look(clock.instant()) instanceof Look.Seen(var seen, var watts)) {
                        counts.addAll(seen);
                        return !seen.isEmpty() || (watts != null && topic.endsWith("Power"));
                    }
                    return false;
                });
        return counts;
    }

    private List<Count> seen(MqttCounts source) {
        return source.look(clock.instant()) instanceof Look.Seen(var seen, _) ? seen : List.of();
    }

    private Count count(Channel channel, long wattHours) {
        return new Count(channel, clock.instant(), wattHours, Count.NEVER);
    }
}
