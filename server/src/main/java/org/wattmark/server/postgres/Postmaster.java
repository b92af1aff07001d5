package org.wattmark.server.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/// One data folder of PostgreSQL and the process that serves it: made, started, signalled.
final class Postmaster {

    /// Durable whatever `postgresql.conf` says: the command line outranks it.
    private static final List<String> DURABLE =
            List.of("fsync=on", "full_page_writes=on", "synchronous_commit=on");

    /// For a ledger that writes much and reads little: room for the indexes' ends in memory and for
    /// grouping some seconds of the journal, log files that are used again instead of made anew,
    /// and checkpoints minutes apart. Recovery after a crash replays what came since the last one:
    /// seconds for each gigabyte.
    private static final List<String> SIZED =
            List.of(
                    "shared_buffers=256MB",
                    "wal_buffers=32MB",
                    "work_mem=16MB",
                    "min_wal_size=512MB",
                    "max_wal_size=4GB");

    /// Crash recovery replays at most a few checkpoints' worth of log, and has taken seconds.
    private static final int START_SECONDS = 120;

    private static final int STOP_SECONDS = 30;

    private final PostgresBinaries binaries;
    private final Path cluster;
    private final Path log;
    private final List<String> settings;
    private final Unprivileged unprivileged = Unprivileged.onThisMachine();

    /// @param settings further `name=value`, which outrank the durable ones: only tests give any
    Postmaster(PostgresBinaries binaries, Path home, List<String> settings) {
        this.binaries = binaries;
        this.cluster = home.resolve("cluster");
        this.log = home.resolve("postgres.log");
        this.settings = settings;
    }

    /// Makes the data folder unless it is there: under another name first, so it is whole or
    /// absent.
    void makeCluster(Path passwordFile) throws IOException {
        if (Files.isDirectory(cluster)) {
            requireOwnVersion();
            return;
        }
        var draft = cluster.resolveSibling("cluster.new");
        FileSystemUtils.deleteRecursively(draft);
        Files.createDirectories(draft);
        unprivileged.own(draft);
        unprivileged.own(passwordFile);
        var initdb =
                start(
                        "initdb",
                        List.of(
                                "--pgdata=" + draft,
                                "--username=" + PostgresCluster.SUPERUSER,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--data-checksums",
                                "--encoding=UTF8",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--locale=C"));
        if (uninterrupted(initdb, START_SECONDS) && initdb.exitValue() == 0) {
            Files.move(draft, cluster, ATOMIC_MOVE);
        } else {
            throw failure("PostgreSQL could not make its data folder");
        }
    }

    private void requireOwnVersion() throws IOException {
        var theirs = Files.readString(cluster.resolve("PG_VERSION")).strip();
        var ours = binaries.home().getFileName().toString();
        if (!ours.startsWith("postgresql-" + theirs + ".")) {
            throw new UnusableDatabase(
                    "%s was made by PostgreSQL %s and this is %s; dump it there and load it here"
                            .formatted(cluster, theirs, ours));
        }
    }

    /// Starts the server and returns when it takes connections.
    ///
    /// A first try may find the shared memory of a killed server still in use by its last children,
    /// or the port taken; so it tries again until the time is up.
    ///
    /// @param port 0 for any free one
    Process launch(int port) throws IOException {
        stopOrphan();
        long deadline = System.nanoTime() + SECONDS.toNanos(START_SECONDS);
        do {
            var process = start("postgres", arguments(port == 0 ? freePort() : port));
            if (becameReady(process, deadline)) {
                return process;
            }
            stop(process.toHandle());
        } while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted());
        throw failure("PostgreSQL did not start");
    }

    private List<String> arguments(int port) {
        var arguments = new ArrayList<>(List.of("-D", cluster.toString(), "-p", "" + port));
        var network = Stream.of("listen_addresses=127.0.0.1", "unix_socket_directories=");
        Stream.of(network, DURABLE.stream(), SIZED.stream(), settings.stream())
                .flatMap(each -> each)
                .forEach(setting -> arguments.addAll(List.of("-c", setting)));
        return arguments;
    }

    /// The time between two looks is spent waiting for the process's end, which ends the wait.
    private boolean becameReady(Process process, long deadline) {
        while (System.nanoTime() < deadline) {
            var file = PostmasterFile.read(cluster);
            if (file.isPresent() && file.get().processId() == process.pid() && file.get().ready()) {
                return true;
            }
            try {
                if (process.waitFor(20, MILLISECONDS)) {
                    // A failed start takes about 50 ms; waiting keeps the log short while it lasts.
                    return false;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return false;
    }

    Optional<PostmasterFile> file() {
        return PostmasterFile.read(cluster);
    }

    /// Ends the server that an earlier, killed Wattmark left behind in this data folder.
    ///
    /// It is never adopted: we would not know with which settings or password it was started. The
    /// caller holds the folder's lock, so no living Wattmark is using it.
    private void stopOrphan() throws IOException {
        var file = PostmasterFile.read(cluster);
        if (file.isEmpty()) {
            return;
        }
        var process = ProcessHandle.of(file.get().processId()).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return; // PostgreSQL itself clears away the file of a dead server
        }
        var program = process.get().info().command();
        if (program.isEmpty()) {
            throw new UnusableDatabase(
                    "process %d holds %s and belongs to somebody else; stop it first"
                            .formatted(process.get().pid(), cluster));
        }
        if (isOurs(process.get().info())) {
            stop(process.get());
        } else {
            Files.delete(PostmasterFile.in(cluster)); // the number went to another program
        }
    }

    private boolean isOurs(ProcessHandle.Info info) {
        var named = info.command().filter(path -> path.endsWith("/postgres")).isPresent();
        var here = info.arguments().map(List::of).map(all -> all.contains(cluster.toString()));
        return named && here.orElse(true);
    }

    /// Stops a server: SIGINT ends its sessions and writes a checkpoint; SIGQUIT leaves that to the
    /// next start's recovery; SIGKILL is for a server that hears neither.
    void stop(ProcessHandle process) {
        for (var signal : List.of("INT", "QUIT")) {
            if (!process.isAlive()) {
                return;
            }
            signal(signal, process.pid());
            if (ended(process)) {
                return;
            }
        }
        process.destroyForcibly();
        ended(process);
    }

    private void signal(String name, long processId) {
        try {
            uninterrupted(start("pg_ctl", List.of("kill", name, "" + processId)), STOP_SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot signal PostgreSQL", e);
        }
    }

    private static boolean ended(ProcessHandle process) {
        try {
            process.onExit().get(STOP_SECONDS, SECONDS);
            return true;
        } catch (java.util.concurrent.TimeoutException e) {
            return false;
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private Process start(String program, List<String> arguments) throws IOException {
        var command = unprivileged.command(binaries.program(program), arguments);
        var builder = new ProcessBuilder(command);
        builder.environment().put("TZ", "UTC");
        builder.environment().put("LC_ALL", "C");
        return builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    private static boolean uninterrupted(Process process, int seconds) {
        try {
            return process.waitFor(seconds, SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private UnusableDatabase failure(String what) throws IOException {
        var lines = Files.exists(log) ? Files.readAllLines(log) : List.<String>of();
        var last = lines.subList(Math.max(0, lines.size() - 5), lines.size());
        return new UnusableDatabase(
                what + ". Its log " + log + " ends:\n  " + String.join("\n  ", last));
    }
}
