package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;

/// The file of a log's private key, which only its owner may read, and the files beside it.
public final class KeyFile {

    private KeyFile() {}

    /// Makes a key for the log `origin`, and beside it the record that nothing was signed with it
    /// yet.
    ///
    /// The record comes first: a crash in between leaves a record that the next call may replace,
    /// never a key without one.
    public static VerifierKey create(Path file, String origin) {
        if (Files.exists(file)) {
            throw new SigningRefusedException("there is a key already: " + file);
        }
        var state = stateOf(file);
        if (Files.exists(state) && lastSigned(file).size() > 0) {
            throw new SigningRefusedException(
                    "a lost key signed what " + state + " says: begin a successor log instead");
        }
        var key = SigningKey.generate(origin, SignatureType.ED25519);
        writeState(file, new Checkpoint(origin, 0, Merkle.EMPTY_ROOT));
        DurableFile.create(file, Strict.utf8(key.format() + "\n"), DurableFile.OWNER_ONLY);
        return key.verifierKey();
    }

    /// Refuses a key that others may read or write: nobody knows who has signed with it.
    static SigningKey read(Path file) {
        try {
            var owner = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            if (!owner.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SigningRefusedException("others may use the key: chmod 600 " + file);
            }
            return SigningKey.parse(Strict.utf8(Files.readAllBytes(file)).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file, e);
        }
    }

    /// What the key signed last, or was about to: for an audit, which needs no lock on the key.
    public static Checkpoint lastSigned(Path file) {
        var state = stateOf(file);
        if (!Files.exists(state)) {
            throw new SigningRefusedException("nobody knows what the key signed last: " + state);
        }
        try {
            return Checkpoint.parse(Strict.utf8(Files.readAllBytes(state)));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + state, e);
        }
    }

    static void writeState(Path file, Checkpoint last) {
        DurableFile.replace(stateOf(file), Strict.utf8(last.text()), DurableFile.OWNER_ONLY);
    }

    /// Never to be restored from a backup: it would forget what was signed since.
    static Path stateOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".signed");
    }

    static Path lockOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }
}
