package org.wattmark.server.log;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.wattmark.tlog.VerifierKey;
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

    @Option(
            names = "--successor",
            description =
                    "Adds a key that the log shows beside one that is pinned already: it is about"
                            + " to succeed that one.")
    private boolean successor;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    KeysTrust() {}

    private List<VerifierKey> keys() {
        try (var log = new RemoteLog(server)) {
            return log.keys();
        }
    }

    @Override
    public Integer call() {
        var keys = keys();
        var pinned = TrustFile.pin(file, keys, successor);
        var out = spec.commandLine().getOut();
        out.println(
                switch (pinned) {
                    case NEW -> "pinned in    " + file;
                    case ALREADY -> "pinned in    " + file + " already";
                    case ADDED -> "added to     " + file;
                    case SUCCESSOR_LEFT_OUT ->
                            "pinned in    "
                                    + file
                                    + " already, but for the key that succeeds it; once you have"
                                    + " compared that, add it with --successor";
                });
        keys.forEach(key -> KeysFolder.print(out, key));
        out.println(IssuerPins.pin(file, server, successor));
        out.println("Compare the public key with what the log's operator publishes elsewhere.");
        out.flush();
        return 0;
    }
}
