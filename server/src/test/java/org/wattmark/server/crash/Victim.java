package org.wattmark.server.crash;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.springframework.util.FileSystemUtils;
import org.wattmark.server.Wattmark;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.postgres.PostgresCluster;
import org.wattmark.server.postgres.TestPostgres;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.testing.Eventually;

/// A whole server, as a user starts it, in a process of its own that a test kills and starts again:
/// the data folder and the port outlive the process.
final class Victim implements AutoCloseable {

    /// A start takes five seconds on an idle machine; the rest is for a busy one.
    private static final int START_SECONDS = 180;

    /// Flags that make a short life cheap, and those that every Wattmark is started with.
    private static final List<String> FLAGS =
            List.of(
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-Xshare:auto",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private static final int STOP_SECONDS = 60;

    /// Where `TestPostgres.binaries` unpacks.
    private static final Path PROGRAMS = Path.of("target", "postgres-binaries");

    private final Path data;
    private final Path log;
    private final int port;
    private final Holder holder;
    private Process process;

    private Victim(Path data, int port, Holder holder, Process process) {
        this.data = data;
        this.log = logOf(data);
        this.port = port;
        this.holder = holder;
        this.process = process;
    }

    /// Makes the data folder, lets somebody hold credits, and serves.
    static Victim withHolder(String name) throws IOException {
        var folder = Path.of("target", "crash-" + name + "-" + ProcessHandle.current().pid());
        FileSystemUtils.deleteRecursively(folder);
        var data = folder.resolve("data").toAbsolutePath();
        linkPrograms(data.resolve("postgres"));
        int port = freePort(0);
        var settings = new ServerSettings(data, urlOf(port));
        var holder = Holder.in(OpenDatabase.embeddedIn(data), settings);
        var victim = new Victim(data, port, holder, start(data, port));
        Runtime.getRuntime().addShutdownHook(new Thread(victim::close));
        victim.await("it serves", () -> victim.hasSaid("Wattmark is ready"));
        return victim;
    }

    private static URI urlOf(int port) {
        return URI.create("http://localhost:" + port);
    }

    URI url() {
        return urlOf(port);
    }

    Holder holder() {
        return holder;
    }

    Path data() {
        return data;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /// The tables as they are on disk, asked without the server.
    Database database() {
        return PostgresCluster.runningAt(data.resolve("postgres"), OpenDatabase.NAME).orElseThrow();
    }

    /// What the server printed last: for the message of a test that fails.
    String lastWords() {
        try {
            var lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Ends the server in the middle of whatever it does; its PostgreSQL lives on as an orphan.
    void killServer() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Ends PostgreSQL in the middle of whatever it does, and returns when its successor is ready.
    void killPostgres() {
        var killed = postmaster().orElseThrow();
        end(killed);
        await("PostgreSQL is back", () -> isReadyAfter(killed));
    }

    /// Ends both at once, as a machine short of memory might.
    void killBoth() {
        var postmaster = postmaster().orElseThrow();
        process.destroyForcibly();
        end(postmaster);
        process.onExit().join();
    }

    void serveAgain() throws IOException {
        process = start(data, port);
    }

    /// Stops it as an operator would, and PostgreSQL with it.
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, SECONDS)) {
            throw new AssertionError("it does not stop\n" + lastWords());
        }
    }

    /// Leaves no process behind, however the test ended.
    @Override
    public void close() {
        killServer();
        postmaster().ifPresent(Victim::end);
    }

    /// The folder is kept when a test fails, to be looked at. PostgreSQL's processes write to it
    /// until they have noticed that theirs is gone.
    void remove() {
        close();
        Eventually.await("the folder is removed", this::isRemoved);
    }

    private boolean isRemoved() {
        try {
            FileSystemUtils.deleteRecursively(data.getParent());
            return true;
        } catch (IOException e) {
            return false; // somebody wrote in between
        }
    }

    private static void end(ProcessHandle handle) {
        handle.destroyForcibly();
        handle.onExit().join();
    }

    /// The server's PostgreSQL and nobody else's: its number and its program both have to be right.
    private Optional<ProcessHandle> postmaster() {
        return postmasterId()
                .flatMap(ProcessHandle::of)
                .filter(handle ->
                        handle.info()
                                .command()
                                .filter(each -> each.endsWith("/postgres"))
                                .isPresent());
    }

    private boolean isReadyAfter(ProcessHandle killed) {
        return PostgresCluster.runningAt(data.resolve("postgres"), OpenDatabase.NAME).isPresent()
                && postmasterId().filter(id -> id != killed.pid()).isPresent();
    }

    /// Empty when none runs, and while one is writing its file.
    private Optional<Long> postmasterId() {
        try (var lines = Files.lines(data.resolve("postgres/cluster/postmaster.pid"))) {
            return lines.findFirst().map(line -> Long.valueOf(line.strip()));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /// The time between two looks is spent waiting for the process's end, which ends the wait.
    private void await(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + SECONDS.toNanos(START_SECONDS);
        while (!happened.getAsBoolean()) {
            try {
                if (process.waitFor(20, MILLISECONDS) || System.nanoTime() > deadline) {
                    throw new AssertionError("not so: " + what + "\n" + lastWords());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private boolean hasSaid(String words) {
        try {
            return Files.readString(log).contains(words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Process start(Path data, int port) throws IOException {
        var arguments = List.of("serve", "--data", data.toString(), "--port", "" + port);
        return wattmark(arguments)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(logOf(data).toFile()))
                .start();
    }

    /// A command of Wattmark in a process of its own.
    static ProcessBuilder wattmark(List<String> arguments) {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(FLAGS);
        line.addAll(List.of("-cp", System.getProperty("java.class.path")));
        line.add(Wattmark.class.getName());
        line.addAll(arguments);
        return new ProcessBuilder(line).redirectErrorStream(true);
    }

    private static Path logOf(Path data) {
        return data.resolveSibling("server.log");
    }

    /// Unpacking PostgreSQL once more would take seconds; a link to what the other tests use does
    /// not.
    private static void linkPrograms(Path home) throws IOException {
        TestPostgres.binaries();
        Files.createDirectories(home);
        try (var unpacked = Files.newDirectoryStream(PROGRAMS, "postgresql-*[0-9]")) {
            for (var each : unpacked) {
                Files.createSymbolicLink(home.resolve(each.getFileName()), each.toAbsolutePath());
            }
        }
    }

    /// Below the ports that Linux gives to outgoing connections (32768 and up). A client that
    /// knocks at one of those while the server is down may be given the same number for its own
    /// end, is then connected to itself, and keeps the server out.
    ///
    /// @param place among the servers of one test
    static int freePort(int place) throws IOException {
        int first = 20_000 + 1_000 * place + (int) (ProcessHandle.current().pid() % 10_000);
        for (int port = first; ; port++) {
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException taken) {
                // the next one
            }
        }
    }
}
