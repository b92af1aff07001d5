package org.wattmark.tlog;

import java.nio.file.Path;
import java.util.List;
import java.util.function.LongFunction;

/// Signs the checkpoints of one log, each of which provably extends the one before.
///
/// Every key of the log signs: two while one succeeds the other.
///
/// It believes neither the log nor the database: what was signed last stands in a file beside the
/// key, and it checks the consistency proof itself. Several signers on one machine may hold a key,
/// as two servers do of which one leads; each reads the file anew and signs while no other does.
public final class Signer implements AutoCloseable {

    private final Path keyFile;
    private final KeyLock lock;
    private final List<SigningKey> keys;
    private final KeyVault vault;
    private Checkpoint last;

    private Signer(
            Path keyFile, KeyLock lock, List<SigningKey> keys, KeyVault vault, Checkpoint last) {
        this.keyFile = keyFile;
        this.lock = lock;
        this.keys = keys;
        this.vault = vault;
        this.last = last;
    }

    public static Signer open(Path keyFile) {
        return open(keyFile, KeyVault.NONE);
    }

    /// @param vault where keys lie of which the file has the place only
    public static Signer open(Path keyFile, KeyVault vault) {
        var lock = KeyLock.toSign(keyFile);
        try {
            var keys = KeyFile.read(keyFile);
            var last = KeyFile.lastSigned(keyFile);
            if (!last.origin().equals(keys.getFirst().verifierKey().name())) {
                throw new SigningRefusedException("another log's state lies beside " + keyFile);
            }
            return new Signer(keyFile, lock, keys, vault, last);
        } catch (RuntimeException | Error e) {
            lock.close();
            throw e;
        }
    }

    /// The keys that sign, the oldest first: one, or two while one succeeds the other.
    public List<VerifierKey> verifierKeys() {
        return keys.stream().map(SigningKey::verifierKey).toList();
    }

    /// What was signed last, or was about to be when the process died.
    public synchronized Checkpoint last() {
        remember();
        return last;
    }

    /// Reads what any signer signed last.
    private void remember() {
        var now = KeyFile.lastSigned(keyFile);
        if (!now.origin().equals(last.origin()) || now.size() < last.size()) {
            throw new SigningRefusedException(
                    "what was signed at %d is forgotten: the state beside %s is another's or old"
                            .formatted(last.size(), keyFile));
        }
        last = now;
    }

    /// Signs the tree if it extends the last one, and the same tree as often as it is asked.
    ///
    /// @param since gives the proof that the tree extends its earlier size
    public synchronized SignedCheckpoint sign(Tree tree, LongFunction<ConsistencyProof> since) {
        return lock.alone(() -> signAlone(tree, since));
    }

    private SignedCheckpoint signAlone(Tree tree, LongFunction<ConsistencyProof> since) {
        remember();
        var next = new Checkpoint(last.origin(), tree.size(), tree.root());
        requireExtension(next, since);

        // Before the signature exists: a crash after this line loses a signature, which can be made
        // again, and never the memory of one that somebody may hold.
        KeyFile.writeState(keyFile, next);

        last = next;
        var signatures = keys.stream().map(key -> key.sign(next.text(), vault)).toList();
        return SignedCheckpoint.of(new SignedNote(next.text(), signatures));
    }

    private void requireExtension(Checkpoint next, LongFunction<ConsistencyProof> since) {
        if (next.size() < last.size()) {
            throw new SigningRefusedException(
                    "the log has %d leaves, but %d were signed: the journal lost its tail"
                            .formatted(next.size(), last.size()));
        }
        var proof = since.apply(last.size());
        if (proof.firstSize() != last.size()
                || proof.secondSize() != next.size()
                || !proof.verify(last.root(), next.root())) {
            throw new SigningRefusedException(
                    "the log of %d leaves contradicts what was signed at %d: its journal changed"
                            .formatted(next.size(), last.size()));
        }
    }

    /// Lets go of the key.
    @Override
    public void close() {
        lock.close();
    }
}
