package org.wattmark.server;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.server.vault.Vault;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark serve`: runs the server until it is told to stop.
@Command(
        name = "serve",
        description = "Runs the server, with a PostgreSQL of its own unless one is named.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
final class Serve implements Callable<Integer> {

    @Option(names = "--port", description = "The TCP port of HTTP.", defaultValue = "8080")
    private int port;

    @Option(
            names = "--data",
            description = "The folder for data, keys and the embedded PostgreSQL.",
            defaultValue = "./data")
    private Path data;

    @Option(
            names = "--database-url",
            description =
                    "postgresql://user:password@host:5432/name, 15 or newer, instead of the"
                            + " embedded one. The variable WATTMARK_DATABASE_URL keeps the"
                            + " password out of the process list.",
            defaultValue = "${env:WATTMARK_DATABASE_URL}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private @Nullable String databaseUrl;

    @Option(
            names = "--mqtt-port",
            description =
                    "The TCP port of MQTT for meters. Without it there is none, unless a variable"
                            + " WATTMARK_MQTT_… says so.",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER)
    private @Nullable Integer mqttPort;

    @Option(
            names = {"--base-url", "--issuer"},
            description =
                    "Where clients reach the server, and the issuer that its tokens name. Default:"
                            + " http://localhost:PORT")
    private @Nullable URI baseUrl;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    Serve() {}

    @Override
    public Integer call() throws Exception {
        Server.requireFree(port);
        Map<String, Object> given =
                mqttPort == null ? Map.of() : Map.of("wattmark.mqtt.port", mqttPort);
        var settings = settings();
        LogKey.require(settings);
        var open = open(settings);
        print(spec.commandLine().getOut(), settings, open.database());

        var closed = new CountDownLatch(1);
        var context = Server.start(open, settings, port, given, event -> closed.countDown());
        spec.commandLine().getOut().println("Wattmark is ready at " + settings.baseUrl());
        spec.commandLine().getOut().flush();
        closed.await();
        context.close();
        return 0;
    }

    private ServerSettings settings() {
        var url = baseUrl == null ? URI.create("http://localhost:" + port) : baseUrl;
        return new ServerSettings(data.toAbsolutePath().normalize(), url);
    }

    private OpenDatabase open(ServerSettings settings) {
        return databaseUrl == null || databaseUrl.isBlank()
                ? OpenDatabase.embeddedIn(settings.data())
                : OpenDatabase.at(Database.parse(plain(databaseUrl)));
    }

    private static String plain(String url) {
        return Vault.isReference(url) ? Vault.required(System.getenv()).secret(url) : url;
    }

    /// The database prints itself without its password.
    private static void print(PrintWriter out, ServerSettings settings, Database database) {
        out.println("data      " + settings.data());
        out.println("database  " + database);
        out.println("base URL  " + settings.baseUrl());
        out.flush();
    }
}
