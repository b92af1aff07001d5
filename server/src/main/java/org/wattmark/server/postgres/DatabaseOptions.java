package org.wattmark.server.postgres;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Option;

/// The options by which a command is told which database it works on.
public final class DatabaseOptions {

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

    @SuppressWarnings("NullAway.Init") // picocli sets the fields
    public DatabaseOptions() {}

    /// The data folder.
    public Path data() {
        return data.toAbsolutePath().normalize();
    }

    /// The database that is there, whether its server runs or not.
    ///
    /// @throws CommandFailed when there is none in the folder
    public OpenDatabase open() {
        if (isElsewhere() || Files.isDirectory(data().resolve("postgres"))) {
            return openOrMake();
        }
        throw new CommandFailed("there is no server's data in " + data());
    }

    /// The same, which is made in the folder if none is there.
    public OpenDatabase openOrMake() {
        return isElsewhere()
                ? OpenDatabase.at(Database.parse(String.valueOf(databaseUrl)))
                : OpenDatabase.besideServerIn(data());
    }

    private boolean isElsewhere() {
        return databaseUrl != null && !databaseUrl.isBlank();
    }
}
