package org.wattmark.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// Plays histories, each in a world of its own.
final class Simulation implements AutoCloseable {

    /// In memory where the system has such a folder: the signer forces its file to the disk at each
    /// signature, and no simulated crash depends on what that disk does.
    private static final Path IN_MEMORY = Path.of("/dev/shm");

    private final Path folder;
    private long worlds;
    private long operations;
    private String lastRoot = "";

    Simulation() {
        try {
            folder =
                    Files.isWritable(IN_MEMORY)
                            ? Files.createTempDirectory(IN_MEMORY, "wattmark-simulation")
                            : Files.createTempDirectory("wattmark-simulation");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Of all worlds that were played.
    long operations() {
        return operations;
    }

    /// What the journal of the world that was played last adds up to.
    String lastRoot() {
        return lastRoot;
    }

    Optional<Failure> play(long seed) {
        return play(seed, Histories.of(seed));
    }

    /// The same seed and history always play the same.
    Optional<Failure> play(long seed, List<Decision> history) {
        int at = 0;
        var place = newFolder();
        try (var world = new World(place)) {
            try {
                for (; at < history.size(); at++) {
                    world.play(history.get(at));
                }
                world.settle();
                if (seed % 3 == 0) {
                    world.refuseAnotherPast((int) (seed * 31 % 97));
                }
                return Optional.empty();
            } catch (Broken broken) {
                return Optional.of(new Failure(seed, history, at, broken));
            } catch (RuntimeException | AssertionError e) {
                var broken = new Broken("own code", "fails by " + e.getClass().getName(), e);
                return Optional.of(new Failure(seed, history, at, broken));
            } finally {
                operations += world.operations();
                lastRoot = world.root().hex();
            }
        } finally {
            delete(place);
        }
    }

    private Path newFolder() {
        try {
            return Files.createDirectory(folder.resolve("world-" + worlds++));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        delete(folder);
    }
}
