package org.wattmark.tlog;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Judges proofs by what it trusts and by nothing else: no network, no clock.
public final class OfflineVerifier {

    private final Trust trust;

    public OfflineVerifier(Trust trust) {
        this.trust = trust;
    }

    /// What `proof` proves about the leaf that has these bytes.
    public Verdict verify(byte[] leaf, TlogProof proof) {
        var checkpoint = proof.checkpoint().checkpoint();
        var note = proof.checkpoint().note();
        // A log's key bears the name of its origin, so no trusted log can sign in another's name.
        var logs =
                trust.logs().stream().filter(it -> it.name().equals(checkpoint.origin())).toList();
        if (note.signatures().stream().noneMatch(it -> claimedBy(logs, it))) {
            var claims = note.signatures().stream().map(NoteSignature::fingerprint).toList();
            return new Verdict.UnknownLog(checkpoint.origin(), claims);
        }
        var forged = forged(note, logs);
        if (forged.isPresent()) {
            return new Verdict.BadSignature(forged.get().fingerprint());
        }
        if (!proof.inclusion().verify(Merkle.leafHash(leaf), checkpoint.root())) {
            return new Verdict.NotIncluded(checkpoint);
        }
        var cosignatures = trust.cosignatures(note);
        return trust.isQuorum(cosignatures)
                ? new Verdict.Logged(checkpoint, cosignatures, trust.quorum())
                : new Verdict.NotWitnessed(checkpoint, cosignatures, trust.quorum());
    }

    private static boolean claimedBy(List<VerifierKey> keys, NoteSignature signature) {
        return keys.stream().anyMatch(key -> key.claims(signature));
    }

    /// One bad signature by a key we know spoils the note, as `signed-note` advises; unknown keys
    /// are ignored.
    private Optional<NoteSignature> forged(SignedNote note, List<VerifierKey> logs) {
        var known = Stream.concat(logs.stream(), trust.witnesses().values().stream()).toList();
        return note.signatures().stream()
                .filter(it -> claimedBy(known, it))
                .filter(it -> known.stream().noneMatch(key -> key.verifies(note.text(), it)))
                .findFirst();
    }
}
