package org.wattmark.server.mirror;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.SignedCheckpoint;

/// What a mirror keeps: the tiles, the checkpoint that it serves, the one that it is on its way to,
/// and evidence.
final class MirrorFolder implements AutoCloseable {

    private static final String SERVED = "checkpoint";
    private static final String PENDING = "checkpoint.pending";

    private final Path root;
    private final FileTiles tiles;
    private final FileChannel lock;

    private MirrorFolder(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
        this.tiles = new FileTiles(root.resolve("log"));
    }

    /// @throws CommandFailed if another mirror works in it
    static MirrorFolder open(Path folder) throws IOException {
        Files.createDirectories(folder);
        var channel = FileChannel.open(folder.resolve("lock"), CREATE, WRITE);
        try {
            if (channel.tryLock() != null) {
                return new MirrorFolder(folder, channel);
            }
        } catch (OverlappingFileLockException e) {
            // said below
        }
        channel.close();
        throw new CommandFailed("another mirror works in " + folder);
    }

    FileTiles tiles() {
        return tiles;
    }

    Path trustFile() {
        return root.resolve("trust.txt");
    }

    Optional<SignedCheckpoint> served() {
        return read(root.resolve(SERVED)).map(SignedCheckpoint::parse);
    }

    /// The largest checkpoint that was proven to extend all before it, whether its tiles are all
    /// here or not.
    Optional<SignedCheckpoint> seen() {
        return read(root.resolve(PENDING)).map(SignedCheckpoint::parse).or(this::served);
    }

    /// Before the first of its tiles is kept: nothing that contradicts it will be believed.
    void beginAt(SignedCheckpoint next) {
        write(root.resolve(PENDING), next.format());
    }

    /// After the last of its tiles is kept.
    void serve(SignedCheckpoint next) {
        write(root.resolve(SERVED), next.format());
        try {
            Files.deleteIfExists(root.resolve(PENDING));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The folder with the notes that contradict each other, if there ever was one.
    Optional<Path> evidence() {
        var folder = root.resolve("evidence");
        return Files.isDirectory(folder) ? Optional.of(folder) : Optional.empty();
    }

    /// Keeps both notes as they were signed, and what shows that they contradict each other.
    void keepEvidence(SignedCheckpoint seen, SignedCheckpoint contradicting, String explanation) {
        var folder = root.resolve("evidence");
        write(folder.resolve("seen.note"), seen.format());
        write(folder.resolve("contradicting.note"), contradicting.format());
        write(folder.resolve("explanation.txt"), explanation);
    }

    private static Optional<String> read(Path file) {
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// Replaces the file: a crash leaves the old content or the new, never a part of it.
    static void write(Path file, String content) {
        var draft = file.resolveSibling(file.getFileName() + ".tmp");
        var folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        try {
            Files.createDirectories(folder);
            try (var channel = FileChannel.open(draft, CREATE, TRUNCATE_EXISTING, WRITE)) {
                var bytes = ByteBuffer.wrap(content.getBytes(UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(draft, file, ATOMIC_MOVE);
            try (var names = FileChannel.open(folder)) {
                names.force(true);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
