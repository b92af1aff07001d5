package org.wattmark.server.backup;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import java.util.Objects;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.backup.Manifest.PlainFile;
import org.wattmark.units.Sha256;

/// A folder of files whose hashes are known, for its owner only: what is in a backup tells of
/// people.
final class Folder {

    private static final int BUFFER = 1 << 16;

    private final Path root;

    Folder(Path root) {
        this.root = root;
    }

    Path root() {
        return root;
    }

    /// What writes a file's content.
    @FunctionalInterface
    interface Content {

        void writeTo(OutputStream out) throws IOException;
    }

    /// The file is on the disk when it returns.
    PlainFile write(String path, Content content) throws IOException {
        var file = root.resolve(path);
        makeFolders(Objects.requireNonNull(file.getParent()));
        var digest = Sha256.inParts();
        try (var channel = FileChannel.open(file, CREATE, TRUNCATE_EXISTING, WRITE)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            var plain = new BufferedOutputStream(Channels.newOutputStream(channel), BUFFER);
            var out = new DigestOutputStream(plain, digest);
            content.writeTo(out);
            out.flush();
            channel.force(true);
            return new PlainFile(path, channel.size(), HexFormat.of().formatHex(digest.digest()));
        }
    }

    private static void makeFolders(Path folder) throws IOException {
        var owner = PosixFilePermissions.fromString("rwx------");
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
    }

    /// Throws [CommandFailed] unless the file is the one that the manifest names.
    void require(PlainFile named) throws IOException {
        var file = root.resolve(named.path());
        if (!Files.isRegularFile(file)) {
            throw new CommandFailed("the backup is damaged: " + file + " is missing");
        }
        var digest = Sha256.inParts();
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        if (!HexFormat.of().formatHex(digest.digest()).equals(named.sha256())) {
            throw new CommandFailed("the backup is damaged: " + file + " was changed");
        }
    }

    /// Makes the names of the files below last.
    static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
