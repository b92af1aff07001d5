package org.wattmark.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.wattmark.server.CommandFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// What is in a backup. It is written last, so that a folder with a manifest is whole.
///
/// @param format of the folder, [#FORMAT]
/// @param schema the number of the last migration
/// @param entries of the journal, all of which are in the backup
/// @param root of the Merkle tree over their leaves, in base64
/// @param checkpoint the latest that was published then, as its signed note; empty if none was
/// @param tables in an order in which each comes after those that it refers to
record Manifest(
        String format,
        String madeAt,
        String postgresql,
        String schema,
        long entries,
        String root,
        String checkpoint,
        List<TableFile> tables,
        List<PlainFile> files) {

    static final String FORMAT = "wattmark-backup/1";
    static final String NAME = "manifest.json";

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();

    Manifest {
        tables = List.copyOf(tables);
        files = List.copyOf(files);
    }

    /// A table's rows in PostgreSQL's binary form of `COPY`.
    record TableFile(String table, List<String> columns, long rows, PlainFile file) {

        TableFile {
            columns = List.copyOf(columns);
        }
    }

    /// @param path below the backup's folder
    /// @param sha256 of its content, in hexadecimal digits
    record PlainFile(String path, long bytes, String sha256) {

        PlainFile {
            if (path.isEmpty()
                    || path.startsWith("/")
                    || Path.of(path).normalize().startsWith("..")
                    || !Path.of(path).normalize().toString().equals(path)) {
                throw new IllegalArgumentException("leads out of the folder: " + path);
            }
        }
    }

    byte[] bytes() {
        return JSON.writeValueAsBytes(this);
    }

    /// @throws CommandFailed if the folder is no whole backup
    static Manifest readIn(Path folder) throws IOException {
        var file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new CommandFailed(
                    folder + " has no " + NAME + ": it is no backup, or one that was not finished");
        }
        try {
            var manifest = JSON.readValue(Files.readAllBytes(file), Manifest.class);
            if (manifest.format().equals(FORMAT)) {
                return manifest;
            }
            throw new CommandFailed(file + " is of the form " + manifest.format());
        } catch (JacksonException e) {
            throw new CommandFailed(file + " is damaged: " + e.getOriginalMessage());
        }
    }
}
