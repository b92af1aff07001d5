package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files that are on the disk, whole, when the call returns.
final class DurableFile {

    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private DurableFile() {}

    /// Readers see the old content or the new one, never a part. A crash may leave a `.tmp` file,
    /// which the next call removes.
    static void replace(Path file, byte[] content, FileAttribute<?>... attributes) {
        var fresh = file.resolveSibling(file.getFileName() + ".tmp");
        try {
            Files.createDirectories(folderOf(file));
            Files.deleteIfExists(fresh);
            write(fresh, content, attributes);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            sync(folderOf(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot replace " + file, e);
        }
    }

    /// Fails when the file exists.
    static void create(Path file, byte[] content, FileAttribute<?>... attributes) {
        try {
            write(file, content, attributes);
            sync(folderOf(file));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot create " + file, e);
        }
    }

    private static void write(Path file, byte[] content, FileAttribute<?>... attributes)
            throws IOException {
        var asNew = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, asNew, attributes)) {
            var left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
        }
    }

    /// A new name lasts only once its folder is on the disk too.
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static Path folderOf(Path file) throws IOException {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        return folder;
    }
}
