package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.VerifierKey;

/// The file that says whom `wattmark verify` believes. What a person once pinned is never replaced.
final class TrustFile {

    enum Pinned {
        NEW,
        ALREADY
    }

    private TrustFile() {}

    static Pinned pin(Path file, VerifierKey key) {
        try {
            Files.writeString(file, Trust.pinning(key), StandardOpenOption.CREATE_NEW);
            return Pinned.NEW;
        } catch (FileAlreadyExistsException e) {
            requirePinned(file, key);
            return Pinned.ALREADY;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void requirePinned(Path file, VerifierKey key) {
        Trust trust;
        try {
            trust = Trust.parse(Files.readString(file));
        } catch (MalformedException e) {
            throw new CommandFailed(file + " is not a trust file: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        if (!trust.logs().contains(key)) {
            var pinned = trust.logs().stream().map(VerifierKey::fingerprint).toList();
            throw new CommandFailed(
                    "%s pins %s, but the log shows %s: find out why before you trust it"
                            .formatted(file, String.join(", ", pinned), key));
        }
    }
}
