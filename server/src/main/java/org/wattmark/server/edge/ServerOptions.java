package org.wattmark.server.edge;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.edge.ServerConnection.Credentials;
import org.wattmark.server.secrets.OwnerOnlyFile;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// Which server, and as whom.
final class ServerOptions {

    @Option(names = "--server", required = true, description = "The Wattmark server.")
    private URI server;

    @Option(
            names = "--client-id",
            defaultValue = "${env:WATTMARK_CLIENT_ID}",
            showDefaultValue = Visibility.NEVER,
            description =
                    "A machine of the owner's, as `wattmark add` made it, or WATTMARK_CLIENT_ID.")
    private @Nullable String client;

    @Option(
            names = "--secret-file",
            paramLabel = "FILE",
            description = "The machine's secret. The variable WATTMARK_CLIENT_SECRET does as well.")
    private @Nullable Path secretFile;

    @Option(
            names = "--secret-variable",
            hidden = true,
            defaultValue = "${env:WATTMARK_CLIENT_SECRET}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String secret;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    ServerOptions() {}

    URI server() {
        return server;
    }

    Credentials credentials() {
        var word = secretFile == null ? secret : OwnerOnlyFile.read(secretFile);
        if (client == null || client.isBlank() || word == null || word.isBlank()) {
            throw new CommandFailed(
                    "a machine's credentials are needed: --client-id and --secret-file, or"
                            + " WATTMARK_CLIENT_ID and WATTMARK_CLIENT_SECRET; the operator"
                            + " makes them with"
                            + " `wattmark add --role PROPONENT`");
        }
        return new Credentials(client, word);
    }

    /// Over plain HTTP everybody on the way reads the secret.
    boolean isReadable() {
        var host = server.getHost();
        return "http".equals(server.getScheme())
                && !"localhost".equals(host)
                && !"127.0.0.1".equals(host)
                && !"[::1]".equals(host);
    }
}
