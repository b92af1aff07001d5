package org.wattmark.server.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `postmaster.pid` says of the server that holds a data folder.
///
/// The lines are those of `src/include/utils/pidfile.h` of PostgreSQL: process id, folder, start
/// time, port, socket folder, listen address, shared memory, status.
///
/// @param ready whether it says that it takes connections
record PostmasterFile(long processId, int port, boolean ready) {

    private static final int PORT = 3;
    private static final int STATUS = 7;

    static Path in(Path cluster) {
        return cluster.resolve("postmaster.pid");
    }

    /// Empty when there is no such file, or when it is just being written.
    static Optional<PostmasterFile> read(Path cluster) {
        List<String> lines;
        try {
            lines = Files.readAllLines(in(cluster));
        } catch (IOException absent) {
            return Optional.empty();
        }
        if (lines.size() <= PORT) {
            return Optional.empty();
        }
        boolean ready = lines.size() > STATUS && lines.get(STATUS).strip().equals("ready");
        return Optional.of(
                new PostmasterFile(
                        Long.parseLong(lines.get(0).strip()),
                        Integer.parseInt(lines.get(PORT).strip()),
                        ready));
    }
}
