package org.wattmark.server.simulate;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Fraud;
import org.wattmark.metering.ReadingBatch;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.client.RemoteServer;
import org.wattmark.server.client.ServerOptions;
import org.wattmark.server.client.Stop;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `wattmark simulate`: panels that nobody built, which send what they never measured to a running
/// server, as meters do.
@Command(
        name = "simulate",
        description = {
            "Simulates solar panels that sign their readings and send them to a running server:"
                    + " physics of a clear sky, clouds from a seed, honest or cheating.",
            "It bonds its own devices, each as simulated, and keeps their keys in --keys: another"
                    + " run goes on with the same devices. Ctrl-C ends it cleanly."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:every batch was decided and taken (with findings, or without)",
            "1:it could not sign in or bond, or a device was given up",
            "2:misspelt",
            "3:some batches were refused"
        })
public final class SimulateCommand implements Callable<Integer> {

    private static final int SOME_REFUSED = 3;

    /// How long the process waits for a clean end after Ctrl-C.
    private static final Duration TO_END = Duration.ofSeconds(15);

    enum Way {
        HTTP,
        MQTT
    }

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(names = "--panels", description = "How many, 1 to 10000.", defaultValue = "5")
    private int panels;

    @Option(names = "--seed", description = "Of places, sizes and clouds.", defaultValue = "1")
    private long seed;

    @Option(
            names = "--place",
            split = ",",
            description = "Cities where they stand, such as berlin,nairobi. Default: all known.",
            showDefaultValue = Visibility.NEVER)
    private List<String> places = List.of();

    @Option(
            names = "--fraud",
            split = ",",
            description =
                    "How the cheats cheat: night, over-capacity, scaled, replay, replay-noise,"
                            + " flat, round, clear-sky, clock-shift, wrong-place, copy, inflation.",
            showDefaultValue = Visibility.NEVER)
    private List<String> frauds = List.of();

    @Option(
            names = "--fraud-share",
            description = "What part of the panels cheats, 0 to 1. Default: 1 with --fraud.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable Double fraudShare;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "Of every reading of new devices: a whole part of a day.",
            defaultValue = "900")
    private long interval;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = "A date or an instant, in UTC. Default: now.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String from;

    @Option(
            names = "--to",
            paramLabel = "TIME",
            description = "Until when. Default: now with --from alone, else until Ctrl-C.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String to;

    @Option(
            names = "--speed",
            description =
                    "How many seconds go by in one, from --from on. Default: all at once with"
                            + " --from, else 1. It never goes beyond real time.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable Double speed;

    @Option(
            names = "--batch-size",
            description =
                    "Readings under one signature, 1 to 2976. Default: 96 all at once, else 1.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable Integer batchSize;

    @Option(names = "--via", description = "${COMPLETION-CANDIDATES}.", defaultValue = "HTTP")
    private Way way;

    @Option(
            names = "--mqtt",
            paramLabel = "URL",
            description = "The broker. Default: mqtt://HOST:1883 with the host of --url.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable URI mqtt;

    @Option(
            names = "--keys",
            paramLabel = "DIR",
            description = "Where the devices' keys and progress are kept.",
            defaultValue = "./simulated-devices")
    private Path keys;

    @Option(
            names = "--capture",
            paramLabel = "DIR",
            description = "Writes down what each device sends, for `wattmark conformance`.",
            showDefaultValue = Visibility.NEVER)
    private @Nullable Path capture;

    @Option(
            names = "--report",
            paramLabel = "SECONDS",
            description = "How often to print how far it is.",
            defaultValue = "5")
    private int report;

    @Spec private CommandSpec spec;

    private final InstantSource clock = InstantSource.system();
    private final Stop stop = new Stop();

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public SimulateCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        var plan = planned();
        var ended = new CountDownLatch(1);
        var hook = new Thread(() -> end(ended), "simulate-end");
        Runtime.getRuntime().addShutdownHook(hook);
        try (var remote = server.connect(stop)) {
            return run(plan, remote);
        } finally {
            ended.countDown();
            removeUnlessEnding(hook);
            spec.commandLine().getOut().flush();
        }
    }

    /// Ends a running simulation cleanly, from another thread.
    void end() {
        stop.now();
    }

    private void end(CountDownLatch ended) {
        stop.now();
        try {
            var _ = ended.await(TO_END.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void removeUnlessEnding(Thread hook) {
        try {
            var _ = Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException _) {
            return; // it is at work already: the process ends
        }
    }

    private int run(Plan plan, RemoteServer remote) throws InterruptedException {
        var out = spec.commandLine().getOut();
        var fleet = new Fleet(keys, remote, plan.fleet(), line -> say(out, line));
        try (var uplink = uplink(remote)) {
            var simulation = new Simulation(fleet.devices(), stop, out);
            var pace = new Pace(clock, stop, plan.from(), plan.speed());
            var task =
                    new SimulatedDevice.Task(
                            plan.from(), plan.to(), pace, uplink, remote, simulation.all());
            simulation.run(task, Duration.ofSeconds(report));
            simulation.summary(task);
            return simulation.all().gaveUp()
                    ? 1
                    : simulation.all().refusedBatches() > 0 ? SOME_REFUSED : 0;
        }
    }

    private Uplink uplink(RemoteServer remote) {
        var plain =
                way == Way.HTTP ? new HttpUplink(remote) : new MqttUplink(remote, broker(remote));
        return capture == null ? plain : new CapturedUplink(plain, capture, clock);
    }

    private URI broker(RemoteServer remote) {
        return mqtt == null ? URI.create("mqtt://" + remote.url().getHost() + ":1883") : mqtt;
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    /// When the simulation takes place, and with whom.
    ///
    /// @param speed infinite for all at once
    private record Plan(Fleet.Plan fleet, Instant from, Instant to, double speed) {}

    /// What cannot be planned is misspelt.
    private Plan planned() {
        try {
            return plan();
        } catch (CommandFailed e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private Plan plan() {
        within("--panels", panels, 1, 10_000);
        within("--report", report, 1, 86_400);
        boolean atOnce = from != null && speed == null;
        int size = batchSize == null ? (atOnce ? 96 : 1) : batchSize;
        within("--batch-size", size, 1, ReadingBatch.MAX_READINGS);
        double share = fraudShare == null ? (frauds.isEmpty() ? 0 : 1) : fraudShare;
        if (!(share >= 0 && share <= 1)) {
            throw new CommandFailed("--fraud-share lies between 0 and 1, not " + share);
        }
        if (share > 0 && frauds.isEmpty()) {
            throw new CommandFailed("--fraud-share " + share + " needs --fraud: in which way?");
        }
        double pace = atOnce ? Double.POSITIVE_INFINITY : speed == null ? 1 : speed;
        if (!(pace > 0)) {
            throw new CommandFailed("--speed is above 0, not " + pace);
        }
        if (pace > 1 && from == null) {
            throw new CommandFailed(
                    "--speed " + pace + " needs --from: no server takes readings of the future");
        }
        var now = clock.instant();
        var start = from == null ? now : time("--from", from);
        var end = to == null ? (atOnce ? now : Instant.MAX) : time("--to", to);
        if (!start.isBefore(end)) {
            throw new CommandFailed("--from " + start + " is not before --to " + end);
        }
        return new Plan(
                new Fleet.Plan(
                        panels,
                        seed,
                        places.stream().map(Place::of).toList(),
                        frauds.stream().map(SimulateCommand::fraud).toList(),
                        share,
                        Duration.ofSeconds(interval),
                        size),
                start,
                end,
                pace);
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new CommandFailed(
                    "%s lies between %d and %d, not %d".formatted(option, least, most, value));
        }
    }

    private static Instant time(String option, String text) {
        return Times.parse(text)
                .orElseThrow(() ->
                        new CommandFailed(
                                option
                                        + " '"
                                        + text
                                        + "' is no date such as 2026-07-01 and no instant such as"
                                        + " 2026-07-01T06:00:00Z, from 2000 to 2199"));
    }

    /// `over-capacity`, as it is given on the command line.
    static String label(Fraud fraud) {
        return fraud.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Fraud fraud(String label) {
        for (var each : Fraud.values()) {
            if (label(each).equals(label.strip().toLowerCase(Locale.ROOT))) {
                return each;
            }
        }
        throw new CommandFailed(
                "--fraud '"
                        + label
                        + "' is not known; there are "
                        + String.join(
                                ", ",
                                Arrays.stream(Fraud.values())
                                        .map(SimulateCommand::label)
                                        .toList()));
    }
}
