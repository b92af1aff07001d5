package org.wattmark.server.backup;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark restore`: brings a backup back into an empty database.
@Command(
        name = "restore",
        description = {
            "Brings a backup back into an empty database, checks every byte of it, and that its"
                    + " journal leads to the root that the backup names. Stopped half-way, it can"
                    + " be run again.",
            "Keys are not brought back but by a backup --with-secrets, and never over those that"
                    + " are there. Put the newest log.key.signed beside log.key, never an old one."
        },
        mixinStandardHelpOptions = true)
public final class RestoreCommand implements Callable<Integer> {

    @Option(
            names = "--from",
            required = true,
            paramLabel = "DIR",
            description = "The folder that `wattmark backup` made.")
    private Path from;

    @Option(
            names = "--data",
            required = true,
            description = "The data folder, without a database or with an empty one.")
    private Path data;

    @Option(
            names = "--database-url",
            defaultValue = "${env:WATTMARK_DATABASE_URL}",
            showDefaultValue = Visibility.NEVER,
            description = "As for serve: an empty database.")
    private @Nullable String databaseUrl;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public RestoreCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        var folder = data.toAbsolutePath().normalize();
        try {
            var restore =
                    Restore.from(
                            from,
                            line -> {
                                out.println(line);
                                out.flush();
                            });
            try (var open = open(folder)) {
                restore.into(open.database(), folder);
            }
            out.println("restored into " + folder + "; run: wattmark audit --data " + folder);
            return 0;
        } finally {
            out.flush();
        }
    }

    private OpenDatabase open(Path folder) {
        return databaseUrl == null || databaseUrl.isBlank()
                ? OpenDatabase.embeddedIn(folder)
                : OpenDatabase.at(Database.parse(databaseUrl));
    }
}
