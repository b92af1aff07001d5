package org.wattmark.tlog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The file of a log's private key, which only its owner may read, and the files beside it.
///
/// While one key succeeds another it holds both, a line each, and both sign. What was signed last
/// is remembered of the log and not of a key, so two keys never sign two roots for one size.
public final class KeyFile {

    private KeyFile() {}

    /// Makes a key for the log `origin`, and beside it the record that nothing was signed with it
    /// yet.
    ///
    /// The record comes first: a crash in between leaves a record that the next call may replace,
    /// never a key without one.
    public static VerifierKey create(Path file, String origin) {
        return create(file, SigningKey.generate(origin, SignatureType.ED25519));
    }

    /// The same for a key whose private half lies in a [KeyVault]: the file has its place.
    ///
    /// @param raw the public key, 32 bytes of RFC 8032
    public static VerifierKey createHeld(Path file, String origin, byte[] raw, String place) {
        return create(file, SigningKey.heldElsewhere(origin, raw, place));
    }

    private static VerifierKey create(Path file, SigningKey key) {
        if (Files.exists(file)) {
            throw new SigningRefusedException("there is a key already: " + file);
        }
        var state = stateOf(file);
        if (Files.exists(state) && lastSigned(file).size() > 0) {
            throw new SigningRefusedException(
                    "a lost key signed what "
                            + state
                            + " says: begin a successor log, wattmark log new-origin");
        }
        writeState(file, new Checkpoint(key.verifierKey().name(), 0, Merkle.EMPTY_ROOT));
        DurableFile.create(file, Strict.utf8(key.format() + "\n"), DurableFile.OWNER_ONLY);
        return key.verifierKey();
    }

    /// Makes the key that will succeed the one in the file; from now on both sign. No signer may
    /// hold the file meanwhile.
    public static VerifierKey addSuccessor(Path file) {
        return addSuccessor(file, name -> SigningKey.generate(name, SignatureType.ED25519));
    }

    /// The same for a key whose private half lies in a [KeyVault].
    public static VerifierKey addHeldSuccessor(Path file, byte[] raw, String place) {
        return addSuccessor(file, name -> SigningKey.heldElsewhere(name, raw, place));
    }

    private static VerifierKey addSuccessor(Path file, Function<String, SigningKey> make) {
        try (var _ = KeyLock.on(file)) {
            var keys = read(file);
            if (keys.size() > 1) {
                throw new SigningRefusedException(
                        "a successor is there already: retire " + keys.getFirst().verifierKey());
            }
            var successor = make.apply(keys.getFirst().verifierKey().name());
            if (successor.verifierKey().isSameKey(keys.getFirst().verifierKey())) {
                throw new SigningRefusedException("a key does not succeed itself: " + successor);
            }
            write(file, List.of(keys.getFirst(), successor));
            return successor.verifierKey();
        }
    }

    /// Destroys the older of two keys (one in a vault is only forgotten here) and remembers its
    /// public half: what it signed stays valid.
    public static VerifierKey retireOldest(Path file) {
        try (var _ = KeyLock.on(file)) {
            var keys = read(file);
            if (keys.size() < 2) {
                throw new SigningRefusedException("the log has one key only: make its successor");
            }
            var oldest = keys.getFirst().verifierKey();
            retire(file, List.of(oldest));
            write(file, keys.subList(1, keys.size()));
            return oldest;
        }
    }

    /// Ends a log whose signer must not go on, and begins a successor in its place: the file gets a
    /// new key with nothing signed. What the old log signed last stays beside it under the name of
    /// the old key, for whoever looks into it. After a crash it is called again.
    ///
    /// @return the key of the successor
    public static VerifierKey beginSuccessor(Path file, String origin) {
        try (var _ = KeyLock.on(file)) {
            List<SigningKey> keys = Files.exists(file) ? read(file) : List.of();
            if (keys.stream().anyMatch(it -> it.verifierKey().name().equals(origin))) {
                finishSuccessor(file, origin);
                return keys.getLast().verifierKey();
            }
            retire(file, keys.stream().map(SigningKey::verifierKey).toList());
            archiveState(file, keys);
            var key = SigningKey.generate(origin, SignatureType.ED25519);
            // The key first: a crash in between leaves another log's state beside it, with which
            // nothing is signed.
            write(file, List.of(key));
            writeState(file, new Checkpoint(origin, 0, Merkle.EMPTY_ROOT));
            return key.verifierKey();
        }
    }

    /// With another log's state beside it, a key has signed nothing yet.
    private static void finishSuccessor(Path file, String origin) {
        if (!Files.exists(stateOf(file)) || lastSigned(file).origin().equals(origin)) {
            throw new SigningRefusedException("a successor has a name of its own: " + origin);
        }
        writeState(file, new Checkpoint(origin, 0, Merkle.EMPTY_ROOT));
    }

    private static void archiveState(Path file, List<SigningKey> keys) {
        var state = stateOf(file);
        if (Files.exists(state)) {
            var archive = state.resolveSibling(state.getFileName() + "." + idOf(keys));
            DurableFile.replace(archive, bytes(state), DurableFile.OWNER_ONLY);
        }
    }

    private static String idOf(List<SigningKey> keys) {
        return keys.isEmpty()
                ? "lost"
                : HexFormat.of().toHexDigits(keys.getFirst().verifierKey().keyId());
    }

    private static void write(Path file, List<SigningKey> keys) {
        var lines = keys.stream().map(it -> it.format() + "\n").collect(Collectors.joining());
        DurableFile.replace(file, Strict.utf8(lines), DurableFile.OWNER_ONLY);
    }

    private static void retire(Path file, List<VerifierKey> keys) {
        var retired = new LinkedHashSet<>(retired(file));
        retired.addAll(keys);
        var lines = retired.stream().map(it -> it + "\n").collect(Collectors.joining());
        DurableFile.replace(retiredOf(file), Strict.utf8(lines), DurableFile.OWNER_ONLY);
    }

    /// The public halves of the keys that sign, the oldest first.
    public static List<VerifierKey> verifierKeys(Path file) {
        return read(file).stream().map(SigningKey::verifierKey).toList();
    }

    /// The public halves of keys that signed once and do so no more, of this log and of those that
    /// it succeeded.
    public static List<VerifierKey> retired(Path file) {
        var retired = retiredOf(file);
        return Files.exists(retired)
                ? lines(retired).stream().map(VerifierKey::parse).toList()
                : List.of();
    }

    static List<SigningKey> read(Path file) {
        var keys = readAll(file);
        if (keys.isEmpty()
                || keys.stream().map(it -> it.verifierKey().name()).distinct().count() > 1
                || keys.stream().anyMatch(it -> it.verifierKey().type().isCosignature())) {
            throw new MalformedException("these are not the keys of one log: " + file);
        }
        return keys;
    }

    /// Refuses keys that others may read or write: nobody knows who has signed with them.
    static List<SigningKey> readAll(Path file) {
        try {
            var owner = EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
            if (!owner.containsAll(Files.getPosixFilePermissions(file))) {
                throw new SigningRefusedException("others may use the key: chmod 600 " + file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the key " + file, e);
        }
        return lines(file).stream().map(SigningKey::parse).toList();
    }

    private static List<String> lines(Path file) {
        return Strict.utf8(bytes(file)).strip().lines().toList();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /// What the key signed last, or was about to: for an audit, which needs no lock on the key.
    public static Checkpoint lastSigned(Path file) {
        var state = stateOf(file);
        if (!Files.exists(state)) {
            throw new SigningRefusedException("nobody knows what the key signed last: " + state);
        }
        return Checkpoint.parse(Strict.utf8(bytes(state)));
    }

    /// Empty where the record is gone: nobody knows then what was signed.
    public static Optional<Checkpoint> lastSignedIfKnown(Path file) {
        return Files.exists(stateOf(file)) ? Optional.of(lastSigned(file)) : Optional.empty();
    }

    static void writeState(Path file, Checkpoint last) {
        DurableFile.replace(stateOf(file), Strict.utf8(last.text()), DurableFile.OWNER_ONLY);
    }

    /// Never to be restored from a backup: it would forget what was signed since.
    static Path stateOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".signed");
    }

    private static Path retiredOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".retired");
    }

    static Path lockOf(Path file) {
        return file.resolveSibling(file.getFileName() + ".lock");
    }
}
