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
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Files that are on the disk, whole, when the call returns.
final class DurableFile {

    static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private DurableFile() {}

    /// Readers see the old content or the new one, never a part. A crash may leave a `.tmp` file,
    /// which the next call removes.
    static void replace(Path file, byte[] content, FileAttribute<?>... attributes) {
        var fresh = tmpOf(file);
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

    /// Replaces many files, each as [#replace] does, and waits for the disk as seldom as can be.
    static void replaceAll(Map<Path, byte[]> files) {
        var folders = new LinkedHashSet<Path>();
        var drafts = new ArrayList<FileChannel>();
        try {
            for (var each : files.entrySet()) {
                folders.addAll(makeFolder(folderOf(each.getKey())));
                drafts.add(draft(tmpOf(each.getKey()), each.getValue()));
            }
            // All are written before the first is forced: the disk may take them in one go.
            for (var draft : drafts) {
                draft.force(false);
            }
            for (var file : files.keySet()) {
                Files.move(tmpOf(file), file, StandardCopyOption.ATOMIC_MOVE);
            }
            for (var folder : folders) {
                sync(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot replace files", e);
        } finally {
            drafts.forEach(DurableFile::closeQuietly);
        }
    }

    private static Path tmpOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".tmp");
    }

    private static FileChannel draft(Path file, byte[] content) throws IOException {
        var channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE);
        try {
            writeAll(channel, content);
            return channel;
        } catch (IOException | RuntimeException | Error e) {
            channel.close();
            throw e;
        }
    }

    private static void closeQuietly(FileChannel draft) {
        try {
            draft.close();
        } catch (IOException e) {
            // it was forced already, or the caller hears of what failed before
        }
    }

    /// Makes the folder and those above it, and returns the folders that have to be synced for its
    /// files to last: itself, and every one in which a new name stands.
    private static List<Path> makeFolder(Path folder) throws IOException {
        var changed = new ArrayList<Path>(List.of(folder));
        for (var each = folder; !Files.isDirectory(each); each = folderOf(each)) {
            changed.add(folderOf(each));
        }
        if (changed.size() > 1) {
            Files.createDirectories(folder);
        }
        return changed;
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
            writeAll(channel, content);
            channel.force(true);
        }
    }

    private static void writeAll(FileChannel channel, byte[] content) throws IOException {
        var left = ByteBuffer.wrap(content);
        while (left.hasRemaining()) {
            channel.write(left);
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
