package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// Where a witness lives: its key, and what it has seen. One process at a time holds it.
public final class WitnessFolder implements AutoCloseable {

    private final SigningKey key;
    private final KeyLock lock;
    private final Sightings sightings;

    private WitnessFolder(SigningKey key, KeyLock lock, Sightings sightings) {
        this.key = key;
        this.lock = lock;
        this.sightings = sightings;
    }

    /// Whether a witness lives there.
    public static boolean isThere(Path folder) {
        return Files.exists(keyIn(folder));
    }

    /// Makes the key of a new witness.
    ///
    /// @param name of the witness, such as `witness.example.com/w1`
    public static VerifierKey create(Path folder, String name, SignatureType type) {
        if (!type.isCosignature()) {
            throw new IllegalArgumentException("witnesses do not sign as " + type);
        }
        var key = SigningKey.generate(name, type);
        try {
            Files.createDirectories(seenIn(folder));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make " + folder, e);
        }
        DurableFile.create(keyIn(folder), Strict.utf8(key.format() + "\n"), DurableFile.OWNER_ONLY);
        return key.verifierKey();
    }

    public static WitnessFolder open(Path folder) {
        var lock = KeyLock.on(keyIn(folder));
        try {
            var keys = KeyFile.readAll(keyIn(folder));
            if (keys.size() != 1 || !keys.getFirst().verifierKey().type().isCosignature()) {
                throw new MalformedException("not the key of a witness: " + keyIn(folder));
            }
            return new WitnessFolder(keys.getFirst(), lock, new FileSightings(seenIn(folder)));
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    public VerifierKey verifierKey() {
        return key.verifierKey();
    }

    /// The witness itself, for as long as this is open.
    ///
    /// @param logs whom it cosigns for; a log may have several keys
    public Witness witness(List<VerifierKey> logs, InstantSource clock) {
        return new Witness(key, logs, sightings, clock);
    }

    private static Path keyIn(Path folder) {
        return folder.resolve("witness.key");
    }

    private static Path seenIn(Path folder) {
        return folder.resolve("seen");
    }

    @Override
    public void close() {
        lock.close();
    }
}
