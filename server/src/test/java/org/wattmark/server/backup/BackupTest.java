package org.wattmark.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.FileSystemUtils;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.backup.Installation.Answer;
import org.wattmark.server.log.LogCommand;
import org.wattmark.server.log.Publisher;
import org.wattmark.server.postgres.TestPostgres;

/// A server is backed up, goes on, and comes back.
class BackupTest {

    /// A server that ran once, for tests that leave it as it is.
    @TempDir private static Path shared = Path.of("");

    private static Installation original;

    @TempDir private Path folder = Path.of("");

    @SuppressWarnings("NullAway.Init") // set before all tests
    BackupTest() {}

    @BeforeAll
    static void begin() {
        original = Installation.withKey(shared.resolve("data"), TestPostgres.freshDatabase());
        original.commit(300); // more than a tile
    }

    private Installation installation() {
        var database = TestPostgres.freshDatabase();
        return Installation.withKey(folder.resolve("data"), database);
    }

    private Path backup(Installation of, String name) {
        var target = folder.resolve(name);
        backup(of, target, _ -> {});
        return target;
    }

    private static void backup(Installation of, Path target, Consumer<String> progress) {
        new Backup(of.database(), of.data(), InstantSource.system(), progress).to(target, false);
    }

    /// Where nothing is yet, beside the same keys: the disk of the database was lost.
    private Installation restored(Path backup, Path data) {
        var empty = new Installation(data, TestPostgres.emptyDatabase());
        Restore.from(backup, _ -> {}).into(empty.database(), data);
        return empty;
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> all = Files.walk(below)) {
            return all.filter(Files::isRegularFile).map(below::relativize).toList();
        }
    }

    @Test
    void whatIsRestoredHasTheSameRootAndAuditsClean() throws IOException {
        var before = original.audit();
        var backup = backup(original, "backup");

        var copy = restored(backup, folder.resolve("elsewhere"));
        Files.createDirectories(copy.data().resolve("keys"));
        for (var key : List.of("log.key", "log.key.signed")) {
            Files.copy(original.data().resolve("keys", key), copy.data().resolve("keys", key));
        }

        assertThat(before.code()).as(before.said()).isZero();
        assertThat(copy.audit().found()).isEqualTo(before.found());
        assertThat(files(copy.data().resolve("log"))).hasSizeGreaterThan(2);
        copy.commit(1); // and the server goes on from there
        assertThat(copy.audit().code()).isZero();
    }

    @Test
    void aBackupWhileTheServerWritesIsOfOneMoment() {
        var busy = installation();
        Path backup;
        try (var server = busy.serve()) {
            Installation.commit(server);
            backup = folder.resolve("online");
            // Between any two tables something is committed.
            backup(busy, backup, _ -> Installation.commit(server));
            assertThat(busy.entries()).isGreaterThan(Restore.from(backup, _ -> {}).entries());
        }

        var copy = restored(backup, folder.resolve("elsewhere"));

        assertThat(copy.entries()).isEqualTo(Restore.from(backup, _ -> {}).entries());
        assertThat(copy.audit().code()).as(copy.audit().said()).isZero();
    }

    /// The whole of the worst day: the disk is lost, last night's backup is all that there is.
    @Test
    void anOlderBackupIsNeverSignedAndASuccessorGoesOnHonestly() throws IOException {
        var lost = installation();
        lost.commit(3);
        var backup = backup(lost, "last-night");
        long kept = lost.entries();
        lost.commit(2);
        long gone = lost.entries() - kept;
        Files.move(lost.data().resolve("log"), folder.resolve("lost-disk"));

        var copy = restored(backup, lost.data());
        try (var server = copy.serve()) {
            assertThat(server.getBean(Publisher.class).complaint().orElseThrow())
                    .contains("the journal lost its tail");
        }
        var refused = copy.audit();
        var begun = newOrigin(copy);
        copy.commit(1);

        assertThat(gone).isPositive();
        assertThat(refused.code()).isOne();
        assertThat(refused.said()).contains("the journal lost its end");
        assertThat(begun.code()).as(begun.said()).isZero();
        var audited = copy.audit();
        assertThat(audited.said()).contains("OK: everything agrees");
        assertThat(audited.code()).isZero();
        assertThat(
                        JdbcClient.create(copy.database().dataSource())
                                .sql("select origin from checkpoint order by signed_at")
                                .query(String.class)
                                .list())
                .contains(Installation.ORIGIN)
                .last()
                .isEqualTo(Installation.ORIGIN + "/2");
    }

    private static Answer newOrigin(Installation of) {
        return Installation.run(
                LogCommand.class,
                "new-origin",
                "--origin",
                Installation.ORIGIN + "/2",
                "--reason",
                "The disk was lost; restored from the night before.",
                "--data",
                String.valueOf(of.data()));
    }

    @Test
    void secretsAreTakenAlongOnlyIfAskedAndTheSignersRecordNever() throws IOException {
        assertThat(original.data().resolve("keys/log.key.signed")).exists();

        var plain = backup(original, "plain");
        var secret = folder.resolve("secret");
        new Backup(original.database(), original.data(), InstantSource.system(), _ -> {})
                .to(secret, true);

        assertThat(files(plain)).noneMatch(it -> it.startsWith("keys"));
        assertThat(files(secret)).contains(Path.of("keys/log.key"));
        assertThat(files(secret)).noneMatch(it -> it.toString().contains("signed"));
        assertThat(Files.getPosixFilePermissions(secret.resolve("keys/log.key"))).hasSize(2);
        var copy = restored(secret, folder.resolve("elsewhere"));
        try (var server = copy.serve()) {
            assertThat(server.getBean(Publisher.class).complaint().orElseThrow())
                    .contains("nobody knows what the key signed last");
        }
    }

    @Test
    void anInterruptedBackupIsNone() {
        var target = folder.resolve("backup");

        assertThatThrownBy(() -> backup(original, target, interruptedAt("journal")))
                .isInstanceOf(Interrupted.class);

        assertThat(target).doesNotExist();
        assertThatThrownBy(() -> Restore.from(target.resolveSibling("backup.unfinished"), _ -> {}))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("not finished");
        backup(original, target, _ -> {});
        assertThat(Restore.from(target, _ -> {}).entries()).isEqualTo(original.entries());
    }

    @Test
    void anInterruptedRestoreIsRunAgain() {
        var backup = backup(original, "backup");
        var data = folder.resolve("elsewhere");
        for (var moment : List.of("account", "journal", "root of the journal")) {
            var half = TestPostgres.emptyDatabase();
            assertThatThrownBy(() -> Restore.from(backup, interruptedAt(moment)).into(half, data))
                    .isInstanceOf(Interrupted.class);

            Restore.from(backup, _ -> {}).into(half, data);

            var copy = new Installation(data, half);
            assertThat(copy.entries()).as(moment).isEqualTo(original.entries());
            assertThat(data.resolve("restore.pending")).doesNotExist();
            deleteTiles(data);
        }
    }

    private static void deleteTiles(Path data) {
        try {
            FileSystemUtils.deleteRecursively(data.resolve("log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Interrupted extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static Consumer<String> interruptedAt(String step) {
        return line -> {
            if (line.startsWith(step)) {
                throw new Interrupted();
            }
        };
    }

    @Test
    void onlyAnEmptyDatabaseIsRestoredInto() {
        var backup = backup(original, "backup");

        assertThatThrownBy(() ->
                        Restore.from(backup, _ -> {})
                                .into(original.database(), folder.resolve("elsewhere")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> restored(backup, original.data()))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("has tiles of a log");
        assertThat(original.audit().code()).isZero();
    }

    @Test
    void aChangedByteIsFoundBeforeAnythingIsTouched() throws IOException {
        var backup = backup(original, "backup");
        var files = files(backup).stream().filter(it -> !it.endsWith("manifest.json")).toList();

        for (var file : files) {
            var bytes = Files.readAllBytes(backup.resolve(file));
            bytes[bytes.length / 2] ^= 1;
            Files.write(backup.resolve(file), bytes);

            assertThatThrownBy(() -> Restore.from(backup, _ -> {}))
                    .as(String.valueOf(file))
                    .isInstanceOf(CommandFailed.class)
                    .hasMessageContaining("damaged");

            bytes[bytes.length / 2] ^= 1;
            Files.write(backup.resolve(file), bytes);
        }
        assertThat(files).hasSizeGreaterThan(20);
        Restore.from(backup, _ -> {});
    }

    /// With a manifest that agrees with the changed rows, the root still does not.
    @Test
    void rowsThatLeadToAnotherRootAreNotRestored() throws IOException {
        var backup = backup(original, "backup");
        var manifest = Files.readString(backup.resolve(Manifest.NAME));
        var root = Restore.from(backup, _ -> {}).root();
        var other = (root.charAt(0) == 'A' ? "B" : "A") + root.substring(1);
        Files.writeString(backup.resolve(Manifest.NAME), manifest.replace(root, other));
        var empty = TestPostgres.emptyDatabase();

        assertThatThrownBy(() ->
                        Restore.from(backup, _ -> {}).into(empty, folder.resolve("elsewhere")))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("nothing is restored");

        assertThat(new Installation(folder, empty).entries()).isZero();
    }
}
