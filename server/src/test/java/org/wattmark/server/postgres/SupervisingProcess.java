package org.wattmark.server.postgres;

import java.io.IOException;
import java.nio.file.Path;

/// A Wattmark that a test kills: it starts PostgreSQL, writes to it, says so and waits for its end.
final class SupervisingProcess {

    private SupervisingProcess() {}

    public static void main(String[] arguments) throws IOException {
        var cluster = PostgresCluster.start(TestPostgres.binaries(), Path.of(arguments[0]));
        PostgresClusterTest.write(cluster);
        System.out.println("written");
        System.out.println(System.in.read());
    }
}
