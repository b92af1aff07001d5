package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// Sightings as files, one for each log: the text of the checkpoint, under the hash of the origin.
///
/// For one process at a time; a witness holds its key, and so its folder, alone. Never to be
/// restored from a backup: it would forget what was cosigned since.
public final class FileSightings implements Sightings {

    private final Path folder;

    public FileSightings(Path folder) {
        this.folder = folder;
    }

    /// Throws [MalformedException] when the file is damaged: then nobody knows what was cosigned.
    @Override
    public synchronized Optional<Checkpoint> latest(String origin) {
        var file = file(origin);
        try {
            var seen = Checkpoint.parse(Strict.utf8(Files.readAllBytes(file)));
            if (!seen.origin().equals(origin)) {
                throw new MalformedException(file + " is of another log, " + seen.origin());
            }
            return Optional.of(seen);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    @Override
    public synchronized boolean replace(Optional<Checkpoint> latest, Checkpoint next) {
        var standing = latest(next.origin());
        if (!standing.equals(latest) || standing.filter(next::contradicts).isPresent()) {
            return false;
        }
        if (!standing.equals(Optional.of(next))) {
            DurableFile.replace(file(next.origin()), Strict.utf8(next.text()));
        }
        return true;
    }

    /// An origin may have any character; the hash of it is a name that any file system takes.
    private Path file(String origin) {
        var digest = Merkle.sha256();
        digest.update(Strict.utf8(origin));
        return folder.resolve(Hash.ofDigest(digest).hex());
    }
}
