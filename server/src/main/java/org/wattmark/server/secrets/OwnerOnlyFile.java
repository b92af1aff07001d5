package org.wattmark.server.secrets;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;

/// Files whose content is a secret: mode 0600 from their first byte on, and whole or absent.
public final class OwnerOnlyFile {

    private OwnerOnlyFile() {}

    /// Reads the secret in `file`, or writes the one that `first` makes when there is no such file.
    public static String readOrCreate(Path file, Supplier<String> first) {
        if (!Files.exists(file)) {
            write(file, first.get());
        }
        return read(file);
    }

    public static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Replaces the file: a crash leaves the old content or the new, never a part of it.
    public static void write(Path file, String secret) {
        var absolute = file.toAbsolutePath();
        var folder = Objects.requireNonNull(absolute.getParent(), "a file is in a folder");
        var draft = absolute.resolveSibling(absolute.getFileName() + ".new");
        try {
            makeFolder(folder);
            Files.deleteIfExists(draft);
            var owner = PosixFilePermissions.fromString("rw-------");
            try (var channel =
                    FileChannel.open(
                            draft,
                            Set.of(CREATE_NEW, WRITE),
                            PosixFilePermissions.asFileAttribute(owner))) {
                var bytes = ByteBuffer.wrap((secret + "\n").getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, absolute, ATOMIC_MOVE);
            sync(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// Makes a folder that only its owner may enter, unless it exists.
    public static void makeFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            var owner = PosixFilePermissions.fromString("rwx------");
            Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(owner));
        }
    }

    /// The new name itself lasts only once its folder is on disk.
    private static void sync(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder)) {
            channel.force(true);
        }
    }
}
