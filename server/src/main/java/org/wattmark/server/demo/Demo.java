package org.wattmark.server.demo;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;
import org.wattmark.metering.Device;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.ReadingsFile;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.Server;
import org.wattmark.server.client.PanelSite;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.server.secrets.RandomSecret;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.units.Period;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark demo`: starts a server and plays the whole walk on it with simulated devices.
@Command(
        name = "demo",
        description =
                "Starts a server and plays the walk from a meter's signed readings to a certificate"
                        + " that is verified offline. Everything in it is simulated and of class"
                        + " TEST.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:the certificate verified offline", "1:it did not, or a step failed"})
public final class Demo implements Callable<Integer> {

    private static final String ORIGIN = "demo.wattmark.invalid/log";

    @Option(names = "--port", description = "The TCP port of HTTP.", defaultValue = "8080")
    private int port;

    @Option(
            names = "--data",
            description = "The folder for data, keys and the embedded PostgreSQL.",
            defaultValue = "./data")
    private Path data;

    @Option(
            names = "--readings",
            paramLabel = "FILE.csv",
            description = "Plays your own readings in place of simulated ones; needs --site.")
    private @Nullable Path readings;

    @Option(
            names = "--site",
            paramLabel = "FILE.json",
            description = "Where the panels stand and how large they are.")
    private @Nullable Path site;

    @Option(names = "--once", description = "Stops after the play.")
    private boolean once;

    @Option(names = "--seed", description = "Of the simulated clouds.", defaultValue = "1")
    private long seed;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public Demo() {}

    @Override
    public Integer call() throws Exception {
        var script = script();
        var url = URI.create("http://localhost:" + port);
        var settings = new ServerSettings(data.toAbsolutePath().normalize(), url);
        Server.requireFree(port);
        LogKey.requireOrMake(settings, ORIGIN);
        say("Starting a server in " + settings.data() + " …");
        var closed = new CountDownLatch(1);
        try (var witnesses = DemoWitnesses.start(settings);
                var context =
                        Server.start(
                                OpenDatabase.embeddedIn(settings.data()),
                                settings,
                                port,
                                _ -> closed.countDown())) {
            say("Everything that follows is simulated and of class TEST.");
            int verdict = play(context, settings, script, witnesses.trustFile());
            if (!once) {
                say("");
                say("The server goes on at " + url + " (API page: " + url + "/docs).");
                say("Stop it with Ctrl-C.");
                closed.await();
            }
            return verdict;
        } catch (DemoFailed e) {
            spec.commandLine().getErr().println("wattmark demo: " + e.getMessage());
            return 1;
        }
    }

    private Play.Script script() throws IOException {
        var place = site == null ? PanelSite.DEFAULT : PanelSite.read(site);
        if (readings == null) {
            return new Play.Script(place, lastWholeMonth(place), List.of(), seed);
        }
        if (site == null) {
            throw new CommandFailed("--readings needs --site FILE.json: where were they measured?");
        }
        var given = given(readings, place);
        var zone = ZoneId.of(place.zone());
        var first = given.getFirst().interval().start().atZone(zone).toLocalDate();
        var last = given.getLast().interval().end().atZone(zone).toLocalDate();
        var period =
                new Period(
                        first.atStartOfDay(zone).toInstant(),
                        last.plusDays(1).atStartOfDay(zone).toInstant());
        return new Play.Script(place, period, given, seed);
    }

    private List<IntervalReading> given(Path file, PanelSite place) throws IOException {
        if (!Files.isReadable(file)) {
            throw new CommandFailed("cannot read " + file);
        }
        try (var in = Files.newInputStream(file)) {
            var contents = ReadingsFile.read(in, Device.DEFAULT_INTERVAL, ZoneId.of(place.zone()));
            for (var error : contents.errors()) {
                say(
                        "line %d, %s \"%s\": %s"
                                .formatted(
                                        error.line(),
                                        error.column(),
                                        error.value(),
                                        error.remedy()));
            }
            if (contents.readings().isEmpty()) {
                throw new CommandFailed(file + " has no good row");
            }
            say(
                    "%s: %d good rows, %d bad ones"
                            .formatted(file, contents.readings().size(), contents.errorCount()));
            return contents.readings();
        }
    }

    private static Period lastWholeMonth(PanelSite place) {
        var zone = ZoneId.of(place.zone());
        var first = InstantSource.system().instant().atZone(zone).toLocalDate().withDayOfMonth(1);
        return new Period(
                first.minusMonths(1).atStartOfDay(zone).toInstant(),
                first.atStartOfDay(zone).toInstant());
    }

    private int play(
            ConfigurableApplicationContext context,
            ServerSettings settings,
            Play.Script script,
            String trustFile)
            throws IOException {
        var members = context.getBean(Members.class);
        var organisations = context.getBean(Organisations.class);
        var actors = new Actors(members, organisations, settings);
        var cast =
                new Play.Cast(
                        actors.machine("Demo Solar Cooperative", Role.PROPONENT),
                        actors.machine("Demo Bakery", Role.BUYER),
                        actors.person("Demo Operator", Role.OPERATOR, "cara@operator.example"),
                        actors.person("Demo Operator", Role.OPERATOR, "dan@operator.example"));
        actors.person("Demo Solar Cooperative", Role.PROPONENT, "ada@solar.example");
        actors.person("Demo Bakery", Role.BUYER, "ben@bakery.example");
        var retirement = new Play(cast, this::say).play(script);
        var folder = Files.createDirectories(settings.data().resolve("certificates"));
        var file = folder.resolve(retirement + ".json");
        Files.write(file, cast.buyer().bytes("/api/v1/certificates/" + retirement + "?wait=10s"));
        var trust = folder.resolve("keys.txt");
        Files.writeString(trust, trustFile);
        say("The certificate: " + file);
        say("Its page: " + settings.baseUrl() + "/certificates/" + retirement);
        say("");
        int verdict = FreshProcess.verify(file, trust, this::say);
        say("");
        actors.printLogins();
        return verdict;
    }

    /// The organisations of the demo, of class TEST from their first day on, and who acts for them.
    private final class Actors {
        private final Members members;
        private final Organisations organisations;
        private final URI url;
        private final String password;
        private final List<String> machines = new ArrayList<>();
        private final List<String> people = new ArrayList<>();

        Actors(Members members, Organisations organisations, ServerSettings settings) {
            this.members = members;
            this.organisations = organisations;
            this.url = settings.baseUrl();
            this.password =
                    OwnerOnlyFile.readOrCreate(
                            settings.keys().resolve("demo-password"), RandomSecret::make);
        }

        Party machine(String name, Role role) {
            var organisation = organisation(name, role);
            var machine = members.addMachine(organisation, name, Set.of(role));
            machines.add("%-24s %s %s".formatted(name, machine.clientId(), machine.secret()));
            return Party.signIn(url, organisation, machine);
        }

        /// A demo that is played again on the same data finds its people there already.
        Party person(String name, Role role, String email) {
            var organisation = organisation(name, role);
            members.addPerson(organisation, email, email, password, Set.of(role));
            people.add(email);
            return Party.signIn(url, organisation, email, password);
        }

        private UUID organisation(String name, Role role) {
            var organisation = members.organisation(name, "GB", role);
            organisations.markAsTest(organisation);
            return organisation;
        }

        void printLogins() {
            say("People who can sign in:  " + String.join(", ", people));
            say("Their password:          " + password);
            say("Machines, with client credentials (id, secret):");
            machines.forEach(each -> say("  " + each));
        }
    }

    private void say(String what) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(what);
        out.flush();
    }
}
