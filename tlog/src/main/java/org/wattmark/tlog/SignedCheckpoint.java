package org.wattmark.tlog;

/// A checkpoint as its log published it, with the signatures of the log and of witnesses.
public record SignedCheckpoint(Checkpoint checkpoint, SignedNote note) {

    public SignedCheckpoint {
        if (!Checkpoint.parse(note.text()).equals(checkpoint)) {
            throw new IllegalArgumentException("the note is of another checkpoint");
        }
    }

    static SignedCheckpoint of(SignedNote note) {
        return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
    }

    public static SignedCheckpoint parse(String note) {
        return of(SignedNote.parse(note));
    }

    public String format() {
        return note.format();
    }

    /// Whether the same key has signed already.
    public boolean has(NoteSignature signature) {
        return note.signatures().stream()
                .anyMatch(it -> it.fingerprint().equals(signature.fingerprint()));
    }

    /// How many cosignatures it bears: a log's own keys have the name of its origin.
    public int cosignatures() {
        return (int)
                note.signatures().stream()
                        .filter(it -> !it.name().equals(checkpoint.origin()))
                        .count();
    }

    /// With the cosignature of a witness, in place of an older one by the same witness.
    public SignedCheckpoint with(NoteSignature cosignature) {
        return new SignedCheckpoint(checkpoint, note.with(cosignature));
    }
}
