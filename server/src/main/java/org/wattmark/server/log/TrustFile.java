package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Collectors;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.VerifierKey;

/// The file that says whom `wattmark verify` believes. What a person once pinned is never replaced.
final class TrustFile {

    enum Pinned {
        NEW,
        ALREADY,
        ADDED,
        SUCCESSOR_LEFT_OUT
    }

    private TrustFile() {}

    /// @param keys of one log, the oldest first
    /// @param successor whether a key may join one that is pinned
    static Pinned pin(Path file, List<VerifierKey> keys, boolean successor) {
        try {
            Files.writeString(file, lines(keys) + "quorum none\n", StandardOpenOption.CREATE_NEW);
            return Pinned.NEW;
        } catch (FileAlreadyExistsException e) {
            var fresh = unpinned(file, keys);
            if (fresh.isEmpty()) {
                return Pinned.ALREADY;
            }
            if (!successor) {
                return Pinned.SUCCESSOR_LEFT_OUT;
            }
            append(file, fresh);
            return Pinned.ADDED;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static String lines(List<VerifierKey> keys) {
        return keys.stream().map(key -> "log " + key + "\n").collect(Collectors.joining());
    }

    /// A line may stand anywhere in the file, so what a person wrote into it stays as it is.
    private static void append(Path file, List<VerifierKey> keys) {
        try {
            var before = Files.readString(file);
            var end = before.endsWith("\n") ? "" : "\n";
            Files.writeString(file, end + lines(keys), StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    /// The keys that the file does not have, where it has one of them at least.
    private static List<VerifierKey> unpinned(Path file, List<VerifierKey> keys) {
        Trust trust;
        try {
            trust = Trust.parse(Files.readString(file));
        } catch (MalformedException e) {
            throw new CommandFailed(file + " is not a trust file: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
        if (keys.stream().noneMatch(trust.logs()::contains)) {
            var pinned = trust.logs().stream().map(VerifierKey::fingerprint).toList();
            throw new CommandFailed(
                    "%s pins %s, but the log shows %s: find out why before you trust it"
                            .formatted(file, String.join(", ", pinned), keys.getLast()));
        }
        return keys.stream().filter(it -> !trust.logs().contains(it)).toList();
    }
}
