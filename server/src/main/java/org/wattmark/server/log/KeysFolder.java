package org.wattmark.server.log;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.VerifierKey;
import picocli.CommandLine.Option;

/// The option that says whose keys are meant.
final class KeysFolder {

    @Option(
            names = "--data",
            description = "The data folder of the server. Default: ${DEFAULT-VALUE}",
            defaultValue = "./data")
    private Path data;

    @SuppressWarnings("NullAway.Init") // picocli sets the field
    KeysFolder() {}

    /// Where `wattmark serve` looks for them.
    Path keys() {
        var here = URI.create("http://localhost");
        return new ServerSettings(data(), here).keys();
    }

    Path data() {
        return data.toAbsolutePath().normalize();
    }

    static void print(PrintWriter out, VerifierKey key) {
        out.println("public key   " + key);
        out.println("fingerprint  " + key.fingerprint());
        out.flush();
    }
}
