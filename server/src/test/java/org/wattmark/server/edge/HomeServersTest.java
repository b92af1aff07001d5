package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.testing.Eventually;

/// OpenEMS and Home Assistant on either side of an agent, with a real server behind it.
class HomeServersTest extends EdgeTest {

    private static final String PRODUCED = "edge/edge7/channel/_sum/ProductionActiveEnergy";

    @Test
    void whatOpenEmsCountsIsStoredIntervalByInterval() {
        try (var broker = new TestBroker()) {
            bond(openEms(broker));
            try (var edge =
                    edge(
                            openEms(broker),
                            server(),
                            InstantSource.system(),
                            (_, _, _) -> Agent.Panel.NONE)) {
                tell(broker, edge, 5_000_000);

                for (int quarter = 1; quarter <= 4; quarter++) {
                    clock.advance(Duration.ofMinutes(15));
                    tell(broker, edge, 5_000_000 + quarter * 700L);
                }

                assertThat(stored(edge.device)).containsExactly(700L, 700L, 700L, 700L);
            }
        }
    }

    /// Until the agent has taken it.
    private static void tell(TestBroker broker, Edge edge, long wattHours) {
        Eventually.await(
                "it is taken",
                () -> {
                    broker.publish(PRODUCED, Long.toString(wattHours), true);
                    edge.agent.turn();
                    return edge.agent.counted().stream().anyMatch(it -> it == wattHours);
                });
    }

    private Source openEms(TestBroker broker) {
        return new MqttCounts(broker.url(), MqttCounts.openEms("edge7", ""), clock, said::add);
    }

    @Test
    void aDeviceAppearsInHomeAssistantWithItsSensors() {
        try (var broker = new TestBroker();
                var inverter = SimulatedInverter.threePhase(1_000_000)) {
            bondedEdge(inverter).close();
            try (var edge =
                    edge(source(inverter), server(), InstantSource.system(), shown(broker))) {
                Eventually.await("it is connected", () -> said.toString().contains("connected"));

                pollHours(edge, inverter, 1);
                var own = "wattmark/" + edge.device + "/";
                var discovery = "homeassistant/device/wattmark_" + edge.device + "/config";
                broker.listeningTo("#");

                var config = JSON.readTree(broker.awaitContaining(discovery, "energy_today"));
                broker.awaitOn(own + "energy", "1003000");
                broker.awaitOn(own + "energy_today", "2250"); // asked five minutes earlier
                broker.awaitOn(own + "availability", "online");
                var energy = config.path("components").path("energy");
                assertThat(energy.path("platform").asString()).isEqualTo("sensor");
                assertThat(energy.path("device_class").asString()).isEqualTo("energy");
                assertThat(energy.path("state_class").asString()).isEqualTo("total_increasing");
                assertThat(energy.path("unit_of_measurement").asString()).isEqualTo("Wh");
                assertThat(energy.path("state_topic").asString()).isEqualTo(own + "energy");
                assertThat(energy.path("availability_topic").asString())
                        .isEqualTo(own + "availability");
                assertThat(energy.path("unique_id").asString())
                        .isEqualTo("wattmark_" + edge.device + "_energy");
                var power = config.path("components").path("power");
                assertThat(power.path("device_class").asString()).isEqualTo("power");
                assertThat(power.path("expire_after").asInt()).isEqualTo(180);
                assertThat(config.path("device").path("serial_number").asString())
                        .isEqualTo("4711-0815");
                assertThat(config.path("origin").path("name").asString())
                        .isEqualTo("Wattmark edge agent");
                assertThat(config.path("components").has("co2e_avoided_today")).isTrue();

                shown.ifPresent(HomeAssistant::close);

                broker.awaitOn(own + "availability", "offline");
            }
        }
    }

    private Optional<HomeAssistant> shown = Optional.empty();

    private Panels shown(TestBroker broker) {
        return (ServerConnection server, UUID device, Source source) -> {
            var panel =
                    new HomeAssistant(
                            broker.url(),
                            "homeassistant",
                            server,
                            URI.create(server()),
                            device,
                            source,
                            60,
                            said::add);
            shown = Optional.of(panel);
            return panel;
        };
    }

    @Test
    void homeServersHaveNoNameThatNothingElseHas() {
        try (var broker = new TestBroker();
                var source = openEms(broker)) {

            assertThat(source.identity()).isEqualTo(Optional.<ExternalId>empty());
        }
    }
}
