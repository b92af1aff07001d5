package org.wattmark.server.backup;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.wattmark.server.postgres.DatabaseOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark backup`: copies the database and the log, while the server goes on.
@Command(
        name = "backup",
        description = {
            "Copies the database as it is at one moment, and the tiles of the log, into a new"
                    + " folder. The server may go on meanwhile.",
            "The folder has personal data and hashes of passwords: keep it as you keep the"
                    + " database. What the log's key signed last is never in it."
        },
        mixinStandardHelpOptions = true)
public final class BackupCommand implements Callable<Integer> {

    @Option(
            names = "--to",
            required = true,
            paramLabel = "DIR",
            description = "The backup's folder, which is not there yet.")
    private Path to;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Option(
            names = "--with-secrets",
            description = "Takes the keys along, too: keep the folder as you keep them.")
    private boolean withSecrets;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public BackupCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var open = database.open()) {
            new Backup(
                            open.database(),
                            database.data(),
                            InstantSource.system(),
                            line -> {
                                out.println(line);
                                out.flush();
                            })
                    .to(to, withSecrets);
            out.println("backed up to " + to);
            return 0;
        } finally {
            out.flush();
        }
    }
}
