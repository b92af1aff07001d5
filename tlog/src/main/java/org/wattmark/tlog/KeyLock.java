package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Holds a key for one signer on this machine. The operating system frees it when the process dies.
final class KeyLock implements AutoCloseable {

    /// Locks held by this process. POSIX drops a file's lock when *any* channel on it is closed, so
    /// a second try within the process must not even open the file.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private KeyLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static KeyLock on(Path keyFile) {
        var file = KeyFile.lockOf(realPath(keyFile));
        if (!HELD.add(file)) {
            throw inUse(keyFile);
        }
        try {
            return new KeyLock(file, locked(file, keyFile));
        } catch (RuntimeException | Error e) {
            HELD.remove(file);
            throw e;
        }
    }

    private static FileChannel locked(Path file, Path keyFile) {
        try {
            var channel =
                    FileChannel.open(
                            file,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            DurableFile.OWNER_ONLY);
            if (channel.tryLock() == null) {
                channel.close();
                throw inUse(keyFile);
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    private static Path realPath(Path keyFile) {
        try {
            var folder = keyFile.toAbsolutePath().getParent();
            return folder == null || Files.exists(keyFile)
                    ? keyFile.toRealPath()
                    : folder.toRealPath().resolve(keyFile.getFileName()); // the key was lost
        } catch (IOException e) {
            throw new UncheckedIOException("cannot find the key " + keyFile, e);
        }
    }

    private static SigningRefusedException inUse(Path keyFile) {
        return new SigningRefusedException("another signer uses the key " + keyFile);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + file, e);
        } finally {
            HELD.remove(file);
        }
    }
}
