package org.wattmark.server.edge;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.server.CommandFailed;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// What is read.
final class SourceOptions {

    private static final int MODBUS_PORT = 502;

    /// Slow gateways between Modbus TCP and a serial line need seconds.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// In what energy may be told.
    enum EnergyUnit {
        WH(0),
        KWH(3),
        MWH(6);

        private final BigDecimal wattHours;

        EnergyUnit(int exponent) {
            wattHours = BigDecimal.TEN.pow(exponent);
        }
    }

    @Option(
            names = "--modbus",
            paramLabel = "HOST[:PORT]",
            description = "An inverter or meter that speaks SunSpec over Modbus TCP.")
    private @Nullable String modbus;

    @Option(
            names = "--unit",
            description = "Its Modbus unit, 1 to 247. Left out, the usual ones are tried.")
    private @Nullable Integer unit;

    @Option(
            names = "--openems",
            paramLabel = "URL",
            description =
                    "The broker to which an OpenEMS Edge publishes (Controller.Api.MQTT), such as"
                            + " mqtt://user@host:1883. The password is WATTMARK_OPENEMS_PASSWORD.")
    private @Nullable URI openEms;

    @Option(
            names = "--openems-password-variable",
            hidden = true,
            defaultValue = "${env:WATTMARK_OPENEMS_PASSWORD}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String openEmsPassword;

    @Option(
            names = "--edge-id",
            paramLabel = "ID",
            defaultValue = "edge0",
            description = "The OpenEMS Edge's id in its topics. Default: ${DEFAULT-VALUE}")
    private String edgeId = "edge0";

    @Option(
            names = "--topic-prefix",
            paramLabel = "PREFIX",
            defaultValue = "",
            description = "What stands before edge/ in the topics of OpenEMS. Default: nothing")
    private String topicPrefix = "";

    @Option(
            names = "--home-assistant-energy",
            paramLabel = "TOPIC",
            description =
                    "A topic of the broker of --home-assistant that tells a counter of energy, such"
                            + " as homeassistant/sensor/solar_energy/state of MQTT Statestream.")
    private @Nullable String energyTopic;

    @Option(
            names = "--energy-unit",
            defaultValue = "KWH",
            description = "In what it is told: ${COMPLETION-CANDIDATES}. Default: KWH")
    private EnergyUnit energyUnit = EnergyUnit.KWH;

    @Option(
            names = "--energy-channel",
            defaultValue = "GENERATION",
            description = "What it counts: ${COMPLETION-CANDIDATES}. Default: GENERATION")
    private Channel energyChannel = Channel.GENERATION;

    SourceOptions() {}

    /// Whether it is told when the source pleases, and not when it is asked.
    boolean isTold() {
        return modbus == null;
    }

    /// @param home the broker of Home Assistant, if there is one
    Source source(Optional<BrokerUrl> home, InstantSource clock, Consumer<String> say) {
        long named = Stream.of(modbus, openEms, energyTopic).filter(it -> it != null).count();
        if (named != 1) {
            throw new CommandFailed(
                    "name one source: --modbus, --openems or --home-assistant-energy. For a second"
                            + " one run a second agent with another --data");
        }
        if (modbus != null) {
            return modbus(modbus);
        }
        if (openEms != null) {
            var topics =
                    MqttCounts.openEms(
                            plain("--edge-id", edgeId), plain("--topic-prefix", topicPrefix));
            return new MqttCounts(
                    BrokerUrl.of("--openems", openEms, openEmsPassword), topics, clock, say);
        }
        return energyOf(energyTopic == null ? "" : energyTopic, home, clock, say);
    }

    private Source energyOf(
            String topic, Optional<BrokerUrl> home, InstantSource clock, Consumer<String> say) {
        if (plain("--home-assistant-energy", topic).startsWith("wattmark/")) {
            throw new CommandFailed(
                    "--home-assistant-energy is " + topic + ", which an edge agent tells itself");
        }
        var url =
                home.orElseThrow(() ->
                        new CommandFailed(
                                "--home-assistant-energy needs --home-assistant, the broker"));
        return new MqttCounts(
                url,
                Map.of(topic, new MqttCounts.Meaning.Energy(energyChannel, energyUnit.wattHours)),
                clock,
                say);
    }

    private static String plain(String option, String topic) {
        if (topic.contains("#") || topic.contains("+")) {
            throw new CommandFailed(option + " is " + topic + ": one topic, without # and +");
        }
        return topic;
    }

    private Source modbus(String address) {
        int colon = address.lastIndexOf(':');
        boolean named = colon > 0 && address.indexOf(']') < colon;
        var host = named ? address.substring(0, colon) : address;
        if (unit != null && (unit < 1 || unit > 247)) {
            throw new CommandFailed("--unit is " + unit + "; units are 1 to 247");
        }
        return new SunSpecSource(
                host, named ? port(address.substring(colon + 1)) : MODBUS_PORT, unit, PATIENCE);
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}")
                || Integer.parseInt(text) < 1
                || Integer.parseInt(text) > 65_535) {
            throw new CommandFailed("--modbus names the port " + text + "; ports are 1 to 65535");
        }
        return Integer.parseInt(text);
    }
}
