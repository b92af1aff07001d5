package org.wattmark.server.edge;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.metering.ExclusivityDeclaration.ExternalId;

/// Counters that a home server tells over MQTT: OpenEMS, Home Assistant.
///
/// A message tells the count of the moment at which it comes. What a broker retained is left aside:
/// nobody knows when that was, and both servers tell what changes.
final class MqttCounts implements Source {

    /// OpenEMS tells everything every five minutes.
    private static final Duration SILENCE = Duration.ofMinutes(10);

    /// A number without exponent, bare or as a JSON text; anything longer is none.
    private static final Pattern NUMBER = Pattern.compile("\"?(-?\\d{1,18}(?:\\.\\d{0,18})?)\"?");

    private static final BigDecimal MOST = BigDecimal.valueOf(Count.NEVER);

    private final Map<String, Meaning> topics;
    private final InstantSource clock;
    private final Broker broker;
    private final Map<String, Arrived> fresh = new ConcurrentHashMap<>();
    private volatile @Nullable String unreadable;
    private volatile Instant heard;
    private volatile @Nullable Long watts;

    /// What a topic tells.
    sealed interface Meaning {

        /// @param wattHours of one unit
        record Energy(Channel channel, BigDecimal wattHours) implements Meaning {}

        /// In W.
        record Power() implements Meaning {}
    }

    private record Arrived(Instant at, long wattHours) {}

    MqttCounts(
            BrokerUrl url, Map<String, Meaning> topics, InstantSource clock, Consumer<String> say) {
        this.topics = Map.copyOf(topics);
        this.clock = clock;
        this.heard = clock.instant();
        broker = new Broker(url, topics.keySet(), this::received, null, () -> {}, say);
        broker.connect();
    }

    /// The sums of an OpenEMS Edge, as its `Controller.Api.MQTT` publishes them: cumulated Wh as
    /// JSON numbers, `null` where there is none.
    ///
    /// @param edge its id, such as `edge0`
    /// @param prefix in front of its topics, mostly empty
    static Map<String, Meaning> openEms(String edge, String prefix) {
        var sum = (prefix.isEmpty() ? "" : prefix + "/") + "edge/" + edge + "/channel/_sum/";
        return Map.of(
                sum + "ProductionActiveEnergy",
                new Meaning.Energy(Channel.GENERATION, BigDecimal.ONE),
                sum + "GridSellActiveEnergy",
                new Meaning.Energy(Channel.EXPORT, BigDecimal.ONE),
                sum + "GridBuyActiveEnergy",
                new Meaning.Energy(Channel.IMPORT, BigDecimal.ONE),
                sum + "ProductionActivePower",
                new Meaning.Power());
    }

    private void received(String topic, String payload, boolean retained) {
        var meaning = topics.get(topic);
        var text = payload.strip();
        if (meaning == null || retained || isNoValue(text)) {
            return;
        }
        var number = NUMBER.matcher(text);
        if (!number.matches()) {
            unreadable = topic + " says '" + shortened(text) + "', which is no number";
            return;
        }
        var now = clock.instant();
        heard = now;
        var value = new BigDecimal(number.group(1));
        switch (meaning) {
            case Meaning.Energy(_, var unit) -> counted(topic, value.multiply(unit), now);
            case Meaning.Power() -> watts = value.setScale(0, RoundingMode.FLOOR).longValueExact();
        }
    }

    private void counted(String topic, BigDecimal wattHours, Instant now) {
        if (wattHours.signum() < 0 || wattHours.compareTo(MOST) >= 0) {
            unreadable = topic + " says " + wattHours + " Wh; a counter shows 0 to " + MOST + " Wh";
            return;
        }
        unreadable = null;
        fresh.put(
                topic,
                new Arrived(now, wattHours.setScale(0, RoundingMode.FLOOR).longValueExact()));
    }

    /// JSON's null, and how Home Assistant says that it knows nothing.
    private static boolean isNoValue(String text) {
        return switch (text) {
            case "", "null", "unknown", "unavailable", "\"unknown\"", "\"unavailable\"", "None" ->
                    true;
            default -> false;
        };
    }

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    @Override
    public Look look(Instant now) {
        var counts = new ArrayList<Count>();
        topics.forEach((topic, meaning) -> {
            if (meaning instanceof Meaning.Energy(var channel, _)) {
                var arrived = fresh.remove(topic);
                if (arrived != null) {
                    counts.add(Count.of(channel, arrived.at(), arrived.wattHours(), Count.NEVER));
                }
            }
        });
        counts.sort(Comparator.comparing(Count::channel));
        var wrong = unreadable;
        if (counts.isEmpty() && wrong != null) {
            return new Look.Nothing(wrong);
        }
        if (counts.isEmpty() && heard.plus(SILENCE).isBefore(now)) {
            return new Look.Nothing(
                    "nothing has come on "
                            + topics.keySet().stream().sorted().toList()
                            + " for "
                            + SILENCE.toMinutes()
                            + " minutes");
        }
        return new Look.Seen(counts, watts);
    }

    @Override
    public Optional<ExternalId> identity() {
        return Optional.empty();
    }

    @Override
    public void close() {
        broker.close();
    }
}
