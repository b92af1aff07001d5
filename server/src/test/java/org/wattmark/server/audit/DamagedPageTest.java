package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.Writer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.postgres.Migrations;
import org.wattmark.server.postgres.PostgresCluster;
import org.wattmark.server.postgres.TestPostgres;

/// A bit of the journal that flips on the disk, while PostgreSQL is down, is found: by the checksum
/// of its page.
class DamagedPageTest {

    private static final int TRIES = 3;

    @TempDir private Path home;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    DamagedPageTest() {}

    @Test
    void aBitThatFlipsInTheDataFileIsFound() throws IOException {
        var file = filled();
        var random = new Random(17);
        for (int i = 0; i < TRIES; i++) {
            long bit = random.nextLong(file.length() * Byte.SIZE);

            flip(file, bit);
            var damaged = audit();
            flip(file, bit);

            assertThat(damaged.isClean()).as("bit " + bit).isFalse();
        }
        assertThat(audit().discrepancies()).isEmpty();
    }

    private record DataFile(Path path, long length) {}

    /// @return where the journal lies
    private DataFile filled() throws IOException {
        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            cluster.makeDatabase("wattmark");
            var database = cluster.asSuperuser("wattmark");
            Migrations.apply(database);
            var quiet = new PrintWriter(Writer.nullWriter());
            var random = RandomGenerator.getDefault();
            AuditSpeed.fill(database.dataSource(), database, 2_000, random, quiet);
            var jdbc = JdbcClient.create(database.dataSource());
            jdbc.sql("checkpoint").update();
            var path =
                    jdbc.sql("select pg_relation_filepath('journal')").query(String.class).single();
            var file = home.resolve("cluster").resolve(path);
            return new DataFile(file, file.toFile().length());
        }
    }

    private static void flip(DataFile file, long bit) throws IOException {
        try (var bytes = new RandomAccessFile(file.path().toFile(), "rw")) {
            bytes.seek(bit / Byte.SIZE);
            int before = bytes.read();
            bytes.seek(bit / Byte.SIZE);
            bytes.write(before ^ (1 << (bit % Byte.SIZE)));
        }
    }

    private Audit.Report audit() {
        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            var source = cluster.asSuperuser("wattmark").dataSource();
            var signed = new Audit.Signed(Optional.empty(), List.of(), List.of());
            return AuditCommand.of(source, signed, Optional.empty(), _ -> {}).run();
        }
    }
}
