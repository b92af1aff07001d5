package org.wattmark.benchmarks;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.Migrations;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;

/// A server on a folder of its own, with one organisation that owns meters.
final class OwnersServer implements AutoCloseable {

    private final ServerProcess server;
    private final OpenDatabase beside;
    private final ApiClient owner;
    private final int mqttPort;

    private OwnersServer(ServerProcess server, OpenDatabase beside, ApiClient owner, int mqttPort) {
        this.server = server;
        this.beside = beside;
        this.owner = owner;
        this.mqttPort = mqttPort;
    }

    static OwnersServer in(Path data) throws IOException, InterruptedException {
        Files.createDirectories(data);
        Members.Credentials machine;
        try (var open = OpenDatabase.embeddedIn(data)) {
            Migrations.apply(open.database());
            var members = Members.in(open.database().dataSource());
            var owner = members.organisation("Benchmark owner", "US", Role.PROPONENT);
            machine = members.addMachine(owner, "benchmark", Set.of(Role.PROPONENT));
        }
        int port = freePort();
        var log = data.resolve("server.log");
        var server = ServerProcess.on(data, log, "--mqtt-port", String.valueOf(port));
        return new OwnersServer(
                server,
                OpenDatabase.besideServerIn(data),
                new ApiClient(server.url(), machine),
                port);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    ApiClient owner() {
        return owner;
    }

    Database database() {
        return beside.database();
    }

    long processId() {
        return server.processId();
    }

    int mqttPort() {
        return mqttPort;
    }

    @Override
    public void close() {
        beside.close();
        server.close();
    }
}
