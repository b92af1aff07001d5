package org.wattmark.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.wattmark.server.Wattmark;

/// A server in a process of its own, as an operator starts it.
final class ServerProcess implements AutoCloseable {

    private static final int READY_SECONDS = 600;

    private final Process process;
    private final URI url;

    private ServerProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
    }

    /// Makes what a first start needs, and waits until it is ready.
    ///
    /// @param more options of `serve`
    static ServerProcess on(Path data, Path log, String... more)
            throws IOException, InterruptedException {
        if (!Files.exists(data.resolve("keys"))) {
            run(
                            data,
                            log,
                            List.of(
                                    "keys",
                                    "new",
                                    "--origin",
                                    "benchmark.example/log",
                                    "--data",
                                    data.toString()))
                    .waitFor();
        }
        int port = freePort();
        var serve = new ArrayList<String>();
        serve.addAll(List.of("serve", "--data", data.toString(), "--port", String.valueOf(port)));
        serve.addAll(List.of(more));
        var server =
                new ServerProcess(run(data, log, serve), URI.create("http://localhost:" + port));
        server.awaitReady(log);
        return server;
    }

    /// Runs a command of the product.
    static Process run(Path data, Path log, List<String> arguments) throws IOException {
        var line = new ArrayList<String>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Xmx4g",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        Wattmark.class.getName()));
        line.addAll(arguments);
        return new ProcessBuilder(line)
                .directory(data.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    URI url() {
        return url;
    }

    long processId() {
        return process.pid();
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var health = HttpRequest.newBuilder(url.resolve("/readyz")).build();
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(READY_SECONDS);
            while (System.nanoTime() < deadline) {
                try {
                    if (http.send(health, BodyHandlers.discarding()).statusCode() == 200) {
                        return;
                    }
                } catch (IOException notYet) {
                    // Nobody listens there until the server is up.
                }
                if (process.waitFor(200, TimeUnit.MILLISECONDS)) {
                    break;
                }
            }
        }
        var words = Files.readAllLines(log);
        throw new IOException(
                "the server did not become ready:\n"
                        + String.join(
                                "\n", words.subList(Math.max(0, words.size() - 30), words.size())));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
