package org.wattmark.server.log;

import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wattmark keys trust`: trust on first use. From then on `wattmark verify` needs no network.
@Command(
        name = "trust",
        description = "Fetches the key of the log at URL once and pins it in a trust file.",
        mixinStandardHelpOptions = true)
final class KeysTrust implements Callable<Integer> {

    @Parameters(paramLabel = "URL", description = "The server, for example https://example.com.")
    private URI server;

    @Option(
            names = "--out",
            description = "The trust file. Default: ${DEFAULT-VALUE}",
            defaultValue = "keys.txt")
    private Path file;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysTrust() {}

    @Override
    public Integer call() {
        var key = RemoteKey.fetch(server);
        var pinned = TrustFile.pin(file, key);
        var out = spec.commandLine().getOut();
        out.println(
                switch (pinned) {
                    case NEW -> "pinned in    " + file;
                    case ALREADY -> "pinned in    " + file + " already";
                });
        KeysFolder.print(out, key);
        out.println("Compare the public key with what the log's operator publishes elsewhere.");
        out.flush();
        return 0;
    }
}
