package org.wattmark.server.edge;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.edge.EdgeState.BondedAs;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark edge`: a small agent beside an inverter, a meter or a home server.
@Command(
        name = "edge",
        description = {
            "Reads an inverter, a meter or a home server that cannot sign, makes intervals of what"
                    + " its counters show, signs them with a key of its own and sends them. It"
                    + " needs no database.",
            "It waits out nights, networks and restarts: what was counted is kept, and sent later.",
            "The key is outside the meter, so what it sends is of tier T1."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:with --once: nothing waits",
            "1:it cannot work",
            "3:with --once: intervals wait, because the server did not take them yet"
        })
public final class EdgeCommand implements Callable<Integer> {

    private static final int SOME_WAIT = 3;

    /// Panels give more than their nameplate for minutes at the edge of a cloud; above this the
    /// server's bound of the clear sky refuses in any case.
    private static final long PERCENT_OF_PEAK = 125;

    /// Three phases of 63 A at 230 V, the largest connection of a house in most of Europe.
    private static final long HOUSE_CONNECTION_WATTS = 43_470;

    @Mixin private SourceOptions sources = new SourceOptions();

    @Mixin private ServerOptions servers = new ServerOptions();

    @Option(
            names = "--home-assistant",
            paramLabel = "URL",
            description =
                    "The broker of a Home Assistant in which the device appears, such as"
                            + " mqtt://user@host:1883. The password is"
                            + " WATTMARK_HOME_ASSISTANT_PASSWORD.")
    private @Nullable URI homeAssistant;

    @Option(
            names = "--home-assistant-password-variable",
            hidden = true,
            defaultValue = "${env:WATTMARK_HOME_ASSISTANT_PASSWORD}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String homeAssistantPassword;

    @Option(
            names = "--discovery-prefix",
            defaultValue = "homeassistant",
            description = "Where Home Assistant looks for devices. Default: ${DEFAULT-VALUE}")
    private String discoveryPrefix;

    @Option(
            names = "--data",
            defaultValue = "./edge",
            description = "Its folder: key, state, what waits. Default: ${DEFAULT-VALUE}")
    private Path data;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "How often it looks, 5 to 900. Default: ${DEFAULT-VALUE}")
    private int every;

    @Option(
            names = "--most-watts",
            paramLabel = "W",
            description =
                    "What the inverter can give at the most: a counter that runs faster is not"
                            + " taken. Default: 125 %% of the installation's peak.")
    private @Nullable Long mostWatts;

    @Option(
            names = "--connection-watts",
            paramLabel = "W",
            description =
                    "What the grid connection carries, for energy that is taken from it."
                            + " Default: 43470, or --most-watts if that is more.")
    private @Nullable Long connectionWatts;

    @Option(names = "--once", description = "Looks once, sends what waits, and ends.")
    private boolean once;

    @Option(
            names = "--new-register",
            description =
                    "The meter was exchanged or its counter set: begin at what it shows now. What"
                            + " it counted since the last reading counts nothing.")
    private boolean newRegister;

    @Option(names = "--register", description = "Bonds the device first, if it is not bonded.")
    private boolean register;

    @Mixin private BondOptions bonds = new BondOptions();

    @Spec private CommandSpec spec;

    /// Stays closed: who ends the process ends the wait.
    private final CountDownLatch never = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public EdgeCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        within("--every", every, 5, 900);
        if (once && sources.isTold()) {
            throw new CommandFailed(
                    "--once is for --modbus: OpenEMS and Home Assistant tell when they please");
        }
        var clock = InstantSource.system();
        var home =
                Optional.ofNullable(homeAssistant)
                        .map(it -> BrokerUrl.of("--home-assistant", it, homeAssistantPassword));
        try (var folder = EdgeFolder.open(data.toAbsolutePath().normalize());
                var source = sources.source(home, clock, this::say);
                var server = new ServerConnection(servers.server(), servers.credentials(), clock)) {
            if (servers.isReadable()) {
                say("Plain HTTP: everybody between here and the server can read the secret.");
            }
            var signer = folder.signer();
            say("device " + folder.state().device() + ", key " + signer.key().fingerprint().hex());
            if (register) {
                bond(folder, source, server, signer, clock);
            }
            try (var shown = home.isEmpty() ? null : shownIn(home.get(), folder, source, server)) {
                var panel = shown == null ? Agent.Panel.NONE : shown;
                return run(agent(folder, source, server, signer, panel, clock), clock);
            }
        }
    }

    private HomeAssistant shownIn(
            BrokerUrl home, EdgeFolder folder, Source source, ServerConnection server) {
        return new HomeAssistant(
                home,
                discoveryPrefix,
                server,
                servers.server(),
                folder.state().device(),
                source,
                every,
                this::say);
    }

    private Agent agent(
            EdgeFolder folder,
            Source source,
            ServerConnection server,
            DeviceSigner signer,
            Agent.Panel panel,
            InstantSource clock) {
        var bonded = bonded(folder, server, signer);
        var agent =
                new Agent(
                        source,
                        server,
                        signer,
                        folder,
                        bonded,
                        limits(bonded),
                        panel,
                        clock,
                        this::say);
        agent.keep(); // what the server said of the device, so that it can start without it
        if (newRegister) {
            agent.beginAnew();
        }
        return agent;
    }

    private void bond(
            EdgeFolder folder,
            Source source,
            ServerConnection server,
            DeviceSigner signer,
            InstantSource clock) {
        var bond = new Bond(server, folder.state().device(), signer);
        if (bond.isBonded()) {
            say("The device is bonded already.");
            return;
        }
        var site = bonds.site();
        var installation = bonds.installation();
        var declaration = bonds.declaration();
        if (source.look(clock.instant()) instanceof Look.Nothing(var why)) {
            say(why);
        }
        bond.make(site, installation, declaration, source.identity(), bonds.simulated());
        say(
                "Bonded as T1"
                        + source.identity()
                                .map(it -> ", declared as " + it.scheme() + " " + it.id())
                                .orElse(""));
    }

    /// From the server, or as it was when the server was last at hand.
    private BondedAs bonded(EdgeFolder folder, ServerConnection server, DeviceSigner signer) {
        var state = folder.state();
        var standing = new Bond(server, state.device(), signer).standing();
        return standing.map(Bond.Standing::bonded)
                .or(() -> Optional.ofNullable(state.bonded()))
                .orElseThrow(() ->
                        new CommandFailed(
                                "the server does not answer, and nothing is known of the"
                                        + " device yet"));
    }

    private ToLongFunction<Channel> limits(BondedAs bonded) {
        long most =
                mostWatts == null
                        ? Math.max(1, bonded.wattsPeak() * PERCENT_OF_PEAK / 100)
                        : mostWatts;
        long connection =
                connectionWatts == null ? Math.max(HOUSE_CONNECTION_WATTS, most) : connectionWatts;
        within("--most-watts", most, 1, Installation.MAX_WATTS_PEAK);
        within("--connection-watts", connection, 1, Installation.MAX_WATTS_PEAK);
        return channel -> channel == Channel.IMPORT ? connection : most;
    }

    private static void within(String option, long value, long least, long most) {
        if (value < least || value > most) {
            throw new CommandFailed(
                    option + " is " + value + "; it lies between " + least + " and " + most);
        }
    }

    private int run(Agent agent, InstantSource clock) throws InterruptedException {
        do {
            agent.turn();
            if (once) {
                return agent.waiting() == 0 ? 0 : SOME_WAIT;
            }
        } while (!never.await(untilNextLook(clock), TimeUnit.MILLISECONDS));
        return 0;
    }

    /// Looks fall on whole multiples of their distance, so some of them on the ends of intervals.
    private long untilNextLook(InstantSource clock) {
        var step = Duration.ofSeconds(every).toMillis();
        return step - Math.floorMod(clock.instant().toEpochMilli(), step);
    }

    private void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        var now = InstantSource.system().instant().truncatedTo(ChronoUnit.SECONDS);
        out.println(now + "  " + line);
        out.flush();
    }
}
