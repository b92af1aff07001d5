package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.server.edge.ServerConnection.Credentials;
import org.wattmark.server.metering.MeterServerTest;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.testing.SettableClock;

/// What tests of agents have in common: a bonded device, and a clock that the test moves.
abstract class EdgeTest extends MeterServerTest {

    private static final Site GOLDEN = Site.of("America/Denver", "39.742", "-105.173", 1830, "US");
    private static final Installation SIX_KILOWATTS = new Installation(6_000, Mounting.FIXED);

    /// Noon in Golden, Colorado.
    final SettableClock clock = SettableClock.at("2025-07-01T18:00:00Z");

    final List<String> said = new CopyOnWriteArrayList<>();

    @TempDir Path data;

    private Optional<Members.Credentials> machine = Optional.empty();
    private long counted = 1_000_000;

    /// Each test has an inverter of its own, since all tests share one server.
    private final UUID inverterName = UUID.randomUUID();

    @SuppressWarnings("NullAway.Init") // Spring and JUnit set the fields before each test
    EdgeTest() {}

    /// An agent with all that belongs to it.
    static final class Edge implements AutoCloseable {

        final EdgeFolder folder;
        final ServerConnection server;
        final Source source;
        final Agent agent;
        final UUID device;

        Edge(EdgeFolder folder, ServerConnection server, Source source, Agent agent) {
            this.folder = folder;
            this.server = server;
            this.source = source;
            this.agent = agent;
            this.device = folder.state().device();
        }

        @Override
        public void close() {
            source.close();
            server.close();
            folder.close();
        }
    }

    Edge bondedEdge(SimulatedInverter inverter) {
        bond(source(inverter));
        return edge(inverter, server());
    }

    Members.Credentials newMachine() {
        return members.addMachine(newOrganisation(Role.PROPONENT), "edge", Set.of(Role.PROPONENT));
    }

    /// Bonds the device of the folder, as of an owner who is new.
    void bond(Source source) {
        machine = Optional.of(newMachine());
        try (var folder = EdgeFolder.open(data);
                var server = remote(server(), InstantSource.system());
                source) {
            source.look(clock.instant());
            var bond = new Bond(server, folder.state().device(), folder.signer());
            assertThat(bond.isBonded()).isFalse();
            bond.make(
                    GOLDEN,
                    SIX_KILOWATTS,
                    ExclusivityDeclaration.NOTHING_ELSE,
                    identityOf(source),
                    true);
            assertThat(bond.isBonded()).isTrue();
            var state = folder.state();
            folder.keep(
                    new EdgeState(
                            state.device(),
                            bond.standing().orElseThrow().bonded(),
                            state.counters(),
                            state.stated(),
                            state.sequence(),
                            state.batch(),
                            state.signed(),
                            state.unsigned()));
        }
    }

    private Optional<ExclusivityDeclaration.ExternalId> identityOf(Source source) {
        return source.identity()
                .map(it ->
                        new ExclusivityDeclaration.ExternalId(
                                it.scheme(), it.id() + "/" + inverterName));
    }

    Edge edge(SimulatedInverter inverter, String server) {
        return edge(inverter, server, InstantSource.system());
    }

    Edge edge(SimulatedInverter inverter, String server, InstantSource machineClock) {
        return edge(source(inverter), server, machineClock, (_, _, _) -> Agent.Panel.NONE);
    }

    /// Makes a panel for an agent.
    interface Panels {
        Agent.Panel of(ServerConnection server, UUID device, Source source);
    }

    Edge edge(Source source, String server, InstantSource machineClock, Panels panels) {
        var folder = EdgeFolder.open(data);
        var remote = remote(server, machineClock);
        var bonded = Optional.ofNullable(folder.state().bonded()).orElseThrow();
        if (!machineClock.equals(InstantSource.system())) {
            assertThat(new Bond(remote, folder.state().device(), folder.signer()).standing())
                    .isPresent();
        }
        var agent =
                new Agent(
                        source,
                        remote,
                        folder.signer(),
                        folder,
                        bonded,
                        _ -> 7_500,
                        panels.of(remote, folder.state().device(), source),
                        clock,
                        said::add);
        return new Edge(folder, remote, source, agent);
    }

    ServerConnection remote(String server, InstantSource machineClock) {
        var credentials = machine.orElseThrow();
        return new ServerConnection(
                URI.create(server),
                new Credentials(credentials.clientId(), credentials.secret()),
                machineClock);
    }

    String server() {
        return "http://localhost:" + port;
    }

    /// Where no server is.
    static String nobody() {
        return "http://127.0.0.1:" + SimulatedInverter.freePort();
    }

    static Source source(SimulatedInverter inverter) {
        return new SunSpecSource("127.0.0.1", inverter.port, 1, Duration.ofSeconds(2));
    }

    /// Every five minutes, at 3 kW.
    void pollHours(Edge edge, SimulatedInverter inverter, int hours) {
        edge.agent.turn();
        for (int i = 0; i < 12 * hours; i++) {
            clock.advance(Duration.ofMinutes(5));
            counted += 250;
            inverter.counts(counted);
            edge.agent.turn();
        }
    }

    List<Long> stored(UUID device) {
        return jdbc.sql("select energy_wh from interval where device_id = ? order by start_at")
                .param(device)
                .query((row, _) -> row.getLong(1))
                .list();
    }

    long batches(UUID device) {
        return jdbc.sql("select count(*) from reading_batch where device_id = ?")
                .param(device)
                .query(Long.class)
                .single();
    }
}
