package org.wattmark.server.backup;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
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

    @Option(
            names = "--data",
            description = "The data folder of the server. Default: ${DEFAULT-VALUE}",
            defaultValue = "./data")
    private Path data;

    @Option(
            names = "--database-url",
            defaultValue = "${env:WATTMARK_DATABASE_URL}",
            showDefaultValue = Visibility.NEVER,
            description = "As for serve.")
    private @Nullable String databaseUrl;

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
        var folder = data.toAbsolutePath().normalize();
        try (var open = open(folder)) {
            new Backup(
                            open.database(),
                            folder,
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

    private OpenDatabase open(Path folder) {
        if (databaseUrl != null && !databaseUrl.isBlank()) {
            return OpenDatabase.at(Database.parse(databaseUrl));
        }
        if (!Files.isDirectory(folder.resolve("postgres"))) {
            throw new CommandFailed("there is no server's data in " + folder);
        }
        return OpenDatabase.besideServerIn(folder);
    }
}
