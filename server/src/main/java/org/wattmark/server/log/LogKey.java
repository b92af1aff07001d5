package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.SigningKey;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.VerifierKey;

/// The key that signs the log: `log.key` in the folder for keys, with what it signed last beside
/// it.
public final class LogKey {

    private LogKey() {}

    public static Path fileIn(Path keys) {
        return keys.resolve("log.key");
    }

    /// The public half of the log's key.
    ///
    /// @throws CommandFailed when there is no key: nobody but an operator may begin a log
    public static VerifierKey require(ServerSettings settings) {
        return require(settings.keys());
    }

    static VerifierKey require(Path keys) {
        var file = fileIn(keys);
        if (!Files.exists(file)) {
            throw new CommandFailed(
                    "there is no key for the log in "
                            + keys
                            + "; run: wattmark keys new --origin NAME");
        }
        return read(file);
    }

    /// The public half of the key in this file.
    public static VerifierKey read(Path file) {
        try {
            return SigningKey.parse(OwnerOnlyFile.read(file)).verifierKey();
        } catch (MalformedException e) {
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

    /// For the demo, whose log nobody is asked to trust.
    public static VerifierKey requireOrMake(ServerSettings settings, String origin) {
        return Files.exists(fileIn(settings.keys()))
                ? require(settings)
                : make(settings.keys(), origin);
    }
}
