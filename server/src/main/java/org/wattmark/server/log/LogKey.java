package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.server.vault.Vault;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.VerifierKey;

/// The key that signs the log: `log.key` in the folder for keys, with what it signed last beside
/// it.
public final class LogKey {

    private LogKey() {}

    public static Path fileIn(Path keys) {
        return keys.resolve("log.key");
    }

    /// The public half of the log's key, of the newest where there are two.
    ///
    /// @throws CommandFailed when there is no key: nobody but an operator may begin a log
    public static VerifierKey require(ServerSettings settings) {
        return require(settings.keys());
    }

    static VerifierKey require(Path keys) {
        return requireAll(keys).getLast();
    }

    /// Both keys, the oldest first, while one succeeds the other.
    static List<VerifierKey> requireAll(Path keys) {
        var file = fileIn(keys);
        if (!Files.exists(file)) {
            throw new CommandFailed(
                    "there is no key for the log in "
                            + keys
                            + "; run: wattmark keys new --origin NAME");
        }
        return readAll(file);
    }

    /// The public half of the newest key in this file.
    public static VerifierKey read(Path file) {
        return readAll(file).getLast();
    }

    /// Every key that signs or ever signed, of this log and of those that it succeeded: whose
    /// signatures an audit may find.
    public static List<VerifierKey> everyKey(Path file) {
        return Stream.concat(KeyFile.retired(file).stream(), readAll(file).stream()).toList();
    }

    private static List<VerifierKey> readAll(Path file) {
        try {
            return KeyFile.verifierKeys(file);
        } catch (MalformedException | SigningRefusedException e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        }
    }

    /// Begins a log: makes its key.
    ///
    /// @param origin the log's name for ever, such as `log.example.com/wattmark`
    /// @throws CommandFailed when there is a key, or was one that has signed, or the name is none
    public static VerifierKey make(Path keys, String origin) {
        try {
            OwnerOnlyFile.makeFolder(keys);
            return KeyFile.create(fileIn(keys), origin);
        } catch (SigningRefusedException | MalformedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + keys, e);
        }
    }

    /// The same with a key whose private half stays in a vault.
    static VerifierKey make(Path keys, String origin, Vault.TransitKey held) {
        try {
            OwnerOnlyFile.makeFolder(keys);
            return KeyFile.createHeld(fileIn(keys), origin, held.publicKey(), held.place());
        } catch (SigningRefusedException | MalformedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the folder " + keys, e);
        }
    }

    /// For the demo, whose log nobody is asked to trust.
    public static VerifierKey requireOrMake(ServerSettings settings, String origin) {
        return Files.exists(fileIn(settings.keys()))
                ? require(settings)
                : make(settings.keys(), origin);
    }
}
