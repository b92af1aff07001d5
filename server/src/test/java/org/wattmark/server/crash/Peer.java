package org.wattmark.server.crash;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.postgres.Database;

/// One of two servers on one database and one data folder, each a process of its own.
final class Peer implements AutoCloseable {

    private static final int START_SECONDS = 180;
    private static final Duration A_MOMENT = Duration.ofSeconds(2);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path data;
    private final Database database;
    private final URI issuer;
    private final int port;
    private final Path log;
    private @Nullable Process process;

    /// @param issuer whose tokens both take
    Peer(Path data, Database database, URI issuer, int port) {
        this.data = data;
        this.database = database;
        this.issuer = issuer;
        this.port = port;
        this.log = data.resolveSibling("server-" + port + ".log");
    }

    URI url() {
        return URI.create("http://localhost:" + port);
    }

    void start() throws IOException {
        Files.deleteIfExists(log);
        var builder =
                Victim.wattmark(
                        List.of(
                                "serve",
                                "--data",
                                data.toString(),
                                "--port",
                                "" + port,
                                "--base-url",
                                issuer.toString()));
        builder.environment().put("WATTMARK_DATABASE_URL", urlWithPassword());
        process = builder.redirectOutput(log.toFile()).start();
        await("it is ready", () -> lastWords().contains("Wattmark is ready"));
    }

    private String urlWithPassword() {
        return database.jdbcUrl()
                .replace(
                        "jdbc:postgresql://",
                        "postgresql://" + database.user() + ":" + database.password() + "@");
    }

    boolean leads() {
        return status("/leadz") == 200;
    }

    boolean standsBy() {
        return status("/leadz") == 503 && status("/readyz") == 200;
    }

    /// The HTTP status; 0 if nobody answers.
    private int status(String path) {
        try {
            var request = HttpRequest.newBuilder(url().resolve(path)).timeout(A_MOMENT).build();
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    /// Freezes it where it stands.
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /// Lets it go on as if no time had passed.
    void wake() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String name) throws IOException, InterruptedException {
        var running = process;
        if (running == null
                || new ProcessBuilder("kill", "-" + name, "" + running.pid()).start().waitFor()
                        != 0) {
            throw new IOException("cannot signal " + name);
        }
    }

    /// Stops it as an operator would.
    void stop() throws InterruptedException {
        var running = process;
        if (running != null) {
            running.destroy();
            if (!running.waitFor(START_SECONDS, SECONDS)) {
                throw new AssertionError("it does not stop\n" + lastWords());
            }
        }
    }

    String lastWords() {
        try {
            return Files.exists(log) ? Files.readString(log) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The time between two looks is spent waiting for the process's end, which ends the wait.
    void await(String what, BooleanSupplier happened) {
        long deadline = System.nanoTime() + SECONDS.toNanos(START_SECONDS);
        var running = process;
        while (!happened.getAsBoolean()) {
            try {
                if (running == null
                        || running.waitFor(20, MILLISECONDS)
                        || System.nanoTime() > deadline) {
                    throw new AssertionError("not so: " + what + "\n" + lastWords());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        kill();
        http.close();
    }
}
