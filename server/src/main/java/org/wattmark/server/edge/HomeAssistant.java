package org.wattmark.server.edge;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;
import org.wattmark.server.edge.ServerConnection.Answer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Shows a device in Home Assistant, by its MQTT discovery: one retained message describes the
/// device and its sensors, and each sensor has a topic of its own.
///
/// <https://www.home-assistant.io/integrations/mqtt/#mqtt-discovery>, device discovery, which Home
/// Assistant has since 2024.12.
final class HomeAssistant implements Agent.Panel, AutoCloseable {

    /// What the server knows changes four times an hour.
    private static final Duration ASK_EVERY = Duration.ofMinutes(5);

    /// After so many looks without one, a power is not known any more.
    private static final int LOOKS_OF_SILENCE = 3;

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ServerConnection server;
    private final URI address;
    private final UUID device;
    private final Source source;
    private final String discoveryTopic;
    private final int every;
    private final Broker broker;
    private final Map<String, Sensor> sensors = new ConcurrentHashMap<>();
    private final Map<String, String> states = new ConcurrentHashMap<>();
    private Instant askedAt = Instant.EPOCH;
    private volatile String described = "";

    /// @param deviceClass and `stateClass` as Home Assistant names them; null for none
    /// @param retained whether its last value counts until there is another
    private record Sensor(
            String name,
            @Nullable String deviceClass,
            String stateClass,
            String unit,
            boolean retained) {}

    /// @param prefix of discovery, `homeassistant` unless somebody changed it
    /// @param every how often a power is told, in seconds
    HomeAssistant(
            BrokerUrl url,
            String prefix,
            ServerConnection server,
            URI address,
            UUID device,
            Source source,
            int every,
            Consumer<String> say) {
        this.server = server;
        this.address = address;
        this.device = device;
        this.source = source;
        this.every = every;
        discoveryTopic = prefix + "/device/wattmark_" + device + "/config";
        broker =
                new Broker(
                        url,
                        Set.of(prefix + "/status"),
                        this::status,
                        topic("availability"),
                        this::describeAnew,
                        say);
        sensors.put("power", new Sensor("Power", "power", "measurement", "W", false));
        broker.connect();
    }

    private String topic(String sensor) {
        return "wattmark/" + device + "/" + sensor;
    }

    /// Home Assistant says `online` when it starts, and then wants to hear all again.
    private void status(String topic, String payload, boolean retained) {
        if (payload.equals("online") && !retained) {
            describeAnew();
        }
    }

    private void describeAnew() {
        described = "";
        describe();
        states.forEach((sensor, value) -> broker.publish(topic(sensor), value, isRetained(sensor)));
    }

    private boolean isRetained(String sensor) {
        var known = sensors.get(sensor);
        return known != null && known.retained();
    }

    @Override
    public void show(Look look, Instant now) {
        if (look instanceof Look.Seen(var counts, var watts)) {
            counts.forEach(this::lifetime);
            if (watts != null) {
                tell("power", watts.toString());
            }
        }
        if (!now.isBefore(askedAt.plus(ASK_EVERY)) || now.isBefore(askedAt)) {
            askedAt = now;
            askServer();
        }
        describe();
    }

    private void lifetime(Count count) {
        var name =
                switch (count.channel()) {
                    case GENERATION -> "Energy, lifetime";
                    case EXPORT -> "Energy to the grid, lifetime";
                    case IMPORT -> "Energy from the grid, lifetime";
                };
        var sensor =
                count.channel() == Channel.GENERATION
                        ? "energy"
                        : "energy_" + count.channel().name().toLowerCase(Locale.ROOT);
        sensors.putIfAbsent(sensor, new Sensor(name, "energy", "total_increasing", "Wh", true));
        tell(sensor, Long.toString(count.wattHours()));
    }

    /// What the server accepted, and what it makes of it.
    private void askServer() {
        server.firstEvent("/api/v1/devices/" + device + "/live").ifPresent(this::live);
        var rewards = server.get("/api/v1/devices/" + device + "/reward-days?limit=1");
        if (rewards instanceof Answer.Done(var body)) {
            body.path("data").forEach(this::reward);
        }
    }

    private void live(JsonNode reading) {
        sensors.putIfAbsent(
                "energy_today",
                new Sensor("Energy accepted today", "energy", "total_increasing", "Wh", true));
        tell("energy_today", reading.path("energy_today_watt_hours").asString());
        var avoided = reading.path("avoided").path("grams_today");
        if (avoided.isNumber()) {
            sensors.putIfAbsent(
                    "co2e_avoided_today",
                    new Sensor(
                            "CO₂e avoided today, estimate", null, "total_increasing", "g", true));
            tell("co2e_avoided_today", avoided.asString());
        }
    }

    /// Money, and no environmental claim.
    private void reward(JsonNode day) {
        var granted = day.path("granted_micro_units");
        if (granted.isNumber()) {
            var currency = day.path("currency").asString();
            sensors.put(
                    "reward",
                    new Sensor("Reward of the last day", "monetary", "total", currency, true));
            tell("reward", new BigDecimal(granted.asString()).movePointLeft(6).toPlainString());
        }
    }

    private void tell(String sensor, String value) {
        states.put(sensor, value);
        describe(); // before the first value of a sensor
        broker.publish(topic(sensor), value, isRetained(sensor));
    }

    private void describe() {
        var text = JSON.writeValueAsString(description());
        if (broker.isUp() && !text.equals(described)) {
            broker.publish(discoveryTopic, text, true);
            described = text;
        }
    }

    private Map<String, Object> description() {
        var components = new LinkedHashMap<String, Object>();
        new TreeMap<>(sensors).forEach((id, sensor) -> components.put(id, component(id, sensor)));
        return Map.of(
                "device",
                about(),
                "origin",
                Map.of("name", "Wattmark edge agent", "support_url", address.toString()),
                "components",
                components,
                "qos",
                1);
    }

    private Map<String, Object> about() {
        var about = new LinkedHashMap<String, Object>();
        about.put("identifiers", List.of("wattmark_" + device));
        about.put("name", "Wattmark meter");
        about.put("manufacturer", "Wattmark");
        about.put("configuration_url", address.toString());
        source.identity()
                .map(ExternalId::id)
                .map(it -> it.split("/", 3))
                .filter(parts -> parts.length == 3)
                .ifPresent(parts -> {
                    about.put("manufacturer", parts[0]);
                    about.put("model", parts[1]);
                    about.put("serial_number", parts[2]);
                });
        return about;
    }

    private Map<String, Object> component(String id, Sensor sensor) {
        var component = new LinkedHashMap<String, Object>();
        component.put("platform", "sensor");
        component.put("unique_id", "wattmark_" + device + "_" + id);
        component.put("name", sensor.name());
        component.put("state_topic", topic(id));
        component.put("availability_topic", topic("availability"));
        component.put("state_class", sensor.stateClass());
        component.put("unit_of_measurement", sensor.unit());
        if (sensor.deviceClass() != null) {
            component.put("device_class", sensor.deviceClass());
        }
        if (!sensor.retained()) {
            component.put("expire_after", LOOKS_OF_SILENCE * every);
        }
        return component;
    }

    @Override
    public void close() {
        broker.close();
    }
}
