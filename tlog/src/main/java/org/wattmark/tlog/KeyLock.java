package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Holds a key on this machine. The operating system frees it when the process dies.
///
/// Signers hold it together, so that nobody changes it beneath them; who changes it holds it alone.
/// A signer signs alone too, under a second lock that it holds for a moment only: so a signer that
/// is frozen seldom keeps the others from signing, and never with the state half changed.
final class KeyLock implements AutoCloseable {

    /// Locks held by this process. POSIX drops a file's locks when *any* channel on it is closed,
    /// so a second holder within the process must share the first one's.
    private static final Map<Path, Held> HELD = new HashMap<>();

    /// A state is written in milliseconds; past this the other signer is frozen, or its disk hangs.
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(2);

    /// The byte of the lock file that stands for the key, and the one that stands for signing.
    private static final long KEY = 0;

    private static final long SIGNING = 1;

    private final Path file;
    private final Held held;

    private KeyLock(Path file, Held held) {
        this.file = file;
        this.held = held;
    }

    /// What this process holds of one key.
    private static final class Held {
        final FileChannel channel;
        final boolean isShared;
        final ReentrantLock signing = new ReentrantLock();
        int holders = 1;

        Held(FileChannel channel, boolean isShared) {
            this.channel = channel;
            this.isShared = isShared;
        }
    }

    /// Holds the key alone: to change it.
    static KeyLock on(Path keyFile) {
        return take(keyFile, false);
    }

    /// Holds the key together with other signers.
    static KeyLock toSign(Path keyFile) {
        return take(keyFile, true);
    }

    private static KeyLock take(Path keyFile, boolean shared) {
        var file = KeyFile.lockOf(realPath(keyFile));
        synchronized (HELD) {
            var held = HELD.get(file);
            if (held == null) {
                held = new Held(locked(file, keyFile, shared), shared);
                HELD.put(file, held);
            } else if (shared && held.isShared) {
                held.holders++;
            } else {
                throw inUse(keyFile);
            }
            return new KeyLock(file, held);
        }
    }

    private static FileChannel locked(Path file, Path keyFile, boolean shared) {
        try {
            var channel =
                    FileChannel.open(
                            file,
                            Set.of(
                                    StandardOpenOption.CREATE,
                                    StandardOpenOption.READ,
                                    StandardOpenOption.WRITE),
                            DurableFile.OWNER_ONLY);
            if (channel.tryLock(KEY, 1, shared) == null) {
                channel.close();
                throw inUse(keyFile);
            }
            return channel;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        }
    }

    /// Does something while no other signer of this key does, in this process or another.
    <T> T alone(Supplier<T> step) {
        try {
            if (!held.signing.tryLock(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new UncheckedIOException(neverFree());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted while waiting to sign"));
        }
        try (var _ = aloneOnThisMachine()) {
            return step.get();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot lock " + file, e);
        } finally {
            held.signing.unlock();
        }
    }

    private FileLock aloneOnThisMachine() throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        @Nullable FileLock lock = held.channel.tryLock(SIGNING, 1, false);
        while (lock == null) {
            if (System.nanoTime() > deadline) {
                throw neverFree();
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            lock = held.channel.tryLock(SIGNING, 1, false);
        }
        return lock;
    }

    private IOException neverFree() {
        return new IOException(
                "another signer has " + file + " and does not let go: is it frozen?");
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
        synchronized (HELD) {
            held.holders--;
            if (held.holders > 0) {
                return;
            }
            HELD.remove(file);
            try {
                held.channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException("cannot unlock " + file, e);
            }
        }
    }
}
