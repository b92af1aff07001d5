package org.wattmark.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.testing.Eventually;

/// Each test starts real servers, and kills some, one after another on the same folder.
class PostgresClusterTest {

    @TempDir private static Path home;

    @Test
    void isDurableChecksummedAndReachableOnlyFromThisMachineWithAPassword() throws IOException {
        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            cluster.makeDatabase("wattmark");

            var jdbc = JdbcClient.create(cluster.database("wattmark").dataSource());

            assertThat(setting(jdbc, "fsync")).isEqualTo("on");
            assertThat(setting(jdbc, "full_page_writes")).isEqualTo("on");
            assertThat(setting(jdbc, "synchronous_commit")).isEqualTo("on");
            assertThat(setting(jdbc, "data_checksums")).isEqualTo("on");
            assertThat(setting(jdbc, "listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(
                            jdbc.sql("select rolsuper from pg_roles where rolname = user")
                                    .query(Boolean.class)
                                    .single())
                    .isFalse();
            var wrong = cluster.database("wattmark");
            assertThatThrownBy(() ->
                            new Database(wrong.jdbcUrl(), wrong.user(), "guess")
                                    .dataSource()
                                    .getConnection())
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password authentication failed");
            assertThat(Files.getPosixFilePermissions(home.resolve("password")))
                    .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void keepsItsDataOverARestart() {
        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            write(cluster);
        }

        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            assertThat(written(cluster)).isEqualTo(1);
        }
    }

    @Test
    void comesBackOnTheSamePortWhenItIsKilled() throws Exception {
        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            write(cluster);
            var killed = ProcessHandle.of(cluster.processId()).orElseThrow();

            killed.destroyForcibly();
            killed.onExit().get(10, TimeUnit.SECONDS);

            Eventually.await("it is another", () -> cluster.processId() != killed.pid());
            assertThat(written(cluster)).isEqualTo(1);
        }
    }

    @Test
    void stopsTheOrphanOfAKilledWattmarkAndStartsItsOwn() throws Exception {
        var supervisor = superviseInAnotherProcess();
        var orphan = PostmasterFile.read(home.resolve("cluster")).orElseThrow();
        supervisor.destroyForcibly();
        supervisor.waitFor();
        assertThat(ProcessHandle.of(orphan.processId())).isPresent();

        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            assertThat(ProcessHandle.of(orphan.processId())).isEmpty();
            assertThat(cluster.processId()).isNotEqualTo(orphan.processId());
            assertThat(written(cluster)).isEqualTo(1);
        }
    }

    @Test
    void refusesAFolderThatALivingWattmarkUses() {
        try (var _ = PostgresCluster.start(TestPostgres.binaries(), home)) {
            assertThatThrownBy(() -> PostgresCluster.start(TestPostgres.binaries(), home))
                    .isInstanceOf(UnusableDatabase.class)
                    .hasMessageContaining("another Wattmark is running");
        }
    }

    @Test
    void isNotMisledByAProcessNumberThatWentToAnotherProgram() throws IOException {
        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            write(cluster);
        }
        var ourOwnNumber = ProcessHandle.current().pid();
        Files.writeString(
                home.resolve("cluster/postmaster.pid"),
                ourOwnNumber + "\n" + home + "\n1\n5432\n\n127.0.0.1\n\nready\n");

        try (var cluster = PostgresCluster.start(TestPostgres.binaries(), home)) {
            assertThat(written(cluster)).isEqualTo(1);
        }
    }

    @Test
    void theServerRefusesToRunOnADatabaseThatMayForget() {
        for (var name : List.of("fsync", "full_page_writes", "synchronous_commit")) {
            try (var unsafe =
                    PostgresCluster.start(TestPostgres.binaries(), home, List.of(name + "=off"))) {
                unsafe.makeDatabase("wattmark");
                var database = unsafe.database("wattmark");

                assertThatThrownBy(() -> OpenDatabase.at(database))
                        .isInstanceOf(UnusableDatabase.class)
                        .hasMessageContaining(name + " = off")
                        .hasMessageContaining("Set " + name + " = on");
            }
        }
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("select current_setting(:name)")
                .param("name", name)
                .query(String.class)
                .single();
    }

    static void write(PostgresCluster cluster) {
        cluster.makeDatabase("wattmark");
        var jdbc = JdbcClient.create(cluster.database("wattmark").dataSource());
        jdbc.sql("create table if not exists kept (n int primary key)").update();
        jdbc.sql("insert into kept values (1) on conflict do nothing").update();
    }

    private static long written(PostgresCluster cluster) {
        return JdbcClient.create(cluster.database("wattmark").dataSource())
                .sql("select count(*) from kept")
                .query(Long.class)
                .single();
    }

    /// The supervisor says nothing when it is done, so the question is asked until it is answered.
    /// Returns when the other process has started its server and written to it.
    private static Process superviseInAnotherProcess() throws IOException {
        var process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                SupervisingProcess.class.getName(),
                                home.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(process.inputReader().readLine()).isEqualTo("written");
        return process;
    }
}
