package org.wattmark.server.postgres;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.springframework.util.FileSystemUtils;

/// The programs of PostgreSQL that the jar carries, unpacked once for each version.
public final class PostgresBinaries {

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    /// Unpacks into a folder below `folder` that is named for the version, unless that was done.
    public static PostgresBinaries unpackedIn(Path folder) {
        var home = folder.toAbsolutePath().normalize().resolve("postgresql-" + version());
        if (!Files.isDirectory(home)) {
            unpack(home);
        }
        return new PostgresBinaries(home);
    }

    Path home() {
        return home;
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /// Under another name first: a folder with the final name is always whole.
    private static void unpack(Path home) {
        var draft = home.resolveSibling(home.getFileName() + ".new");
        try (var packed = open();
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(packed))) {
            FileSystemUtils.deleteRecursively(draft);
            Files.createDirectories(draft);
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                write(entry, tar, draft);
            }
            Files.move(draft, home, ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack PostgreSQL into " + home, e);
        }
    }

    private static void write(TarArchiveEntry entry, InputStream content, Path folder)
            throws IOException {
        var target = entry.resolveIn(folder); // refuses a name that leads out of the folder
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & 0100) != 0 && !target.toFile().setExecutable(true, false)) {
                throw new IOException("cannot make " + target + " executable");
            }
        }
    }

    private static InputStream open() {
        var os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        var system = os.contains("mac") ? "darwin" : "linux";
        var machine = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        var stream =
                PostgresBinaries.class.getResourceAsStream(
                        "/postgres-" + system + "-" + machine + ".txz");
        if (stream != null) {
            return stream;
        }
        throw new UnusableDatabase(
                "this jar carries no PostgreSQL for this machine; build it here, or name a server"
                        + " with --database-url");
    }

    private static String version() {
        var properties = new Properties();
        try (var stream = PostgresBinaries.class.getResourceAsStream("/wattmark.properties")) {
            properties.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("postgres");
    }
}
