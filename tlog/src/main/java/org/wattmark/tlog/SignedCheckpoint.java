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

    /// With the cosignature of a witness, in place of an older one by the same witness.
    public SignedCheckpoint with(NoteSignature cosignature) {
        return new SignedCheckpoint(checkpoint, note.with(cosignature));
    }
}
