package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.VerifierKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark log new-origin`: the honest way on when a log must not sign any more.
@Command(
        name = "new-origin",
        description =
                "Ends the log and begins a successor under another name, with a key of its own,"
                        + " over the journal as it is. The next start of the server enters into the"
                        + " journal, for everyone to read, which log is succeeded, what it signed"
                        + " last, and why. Stop the server first. Certificates of the old log stay"
                        + " valid by its key.",
        mixinStandardHelpOptions = true)
final class LogNewOrigin implements Callable<Integer> {

    @Option(
            names = "--origin",
            required = true,
            paramLabel = "NAME",
            description = "The name of the successor, for example log.example.com/wattmark/2.")
    private String origin;

    @Option(
            names = "--reason",
            required = true,
            description = "Why, in a sentence. It is public for ever.")
    private String reason;

    @Mixin private KeysFolder folder;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    LogNewOrigin() {}

    @Override
    public Integer call() {
        var keyFile = LogKey.fileIn(folder.keys());
        try {
            // The statement first: a crash in between leaves a log that signs nothing, and this
            // command is given again.
            var statement = Founding.pending(keyFile).orElseGet(() -> statement(keyFile));
            if (!statement.origin().equals(origin)) {
                throw new CommandFailed("it was begun as " + statement.origin() + " before");
            }
            Founding.write(keyFile, statement);
            var key = KeyFile.beginSuccessor(keyFile, origin);
            moveTiles(statement);
            report(statement, key);
            return 0;
        } catch (SigningRefusedException | IllegalArgumentException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private NewOrigin statement(Path keyFile) {
        List<VerifierKey> keys = Files.exists(keyFile) ? KeyFile.verifierKeys(keyFile) : List.of();
        var last = KeyFile.lastSignedIfKnown(keyFile);
        var former =
                last.map(Checkpoint::origin)
                        .or(() -> keys.stream().map(VerifierKey::name).findFirst())
                        .orElseThrow(
                                () -> new CommandFailed("there was no log in " + folder.keys()));
        if (former.equals(origin)) {
            throw new CommandFailed("a successor has a name of its own: " + origin);
        }
        VerifierKey.requireName(origin);
        var lines = keys.stream().map(VerifierKey::toString).toList();
        return new NewOrigin(origin, former, lines, last.map(Checkpoint::text).orElse(""), reason);
    }

    /// The old log's tiles are evidence of what it had; the successor's are made from the journal.
    private void moveTiles(NewOrigin statement) {
        var tiles = folder.data().resolve("log");
        var name = statement.former().replaceAll("[^A-Za-z0-9.-]", "_");
        var archive = tiles.resolveSibling("log-of-" + name);
        try {
            if (Files.exists(tiles) && !Files.exists(archive)) {
                Files.move(tiles, archive);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot move " + tiles + " to " + archive, e);
        }
    }

    private void report(NewOrigin statement, VerifierKey key) {
        var out = spec.commandLine().getOut();
        out.println("succeeded    " + statement.former());
        out.println(
                statement.lastCheckpoint().isEmpty()
                        ? "it signed    nobody knows what last"
                        : "it signed    "
                                + Checkpoint.parse(statement.lastCheckpoint()).size()
                                + " leaves last");
        out.println("successor    " + origin);
        KeysFolder.print(out, key);
        out.println("Publish the new key, and the reason. The next start of the server begins it.");
        out.flush();
    }
}
