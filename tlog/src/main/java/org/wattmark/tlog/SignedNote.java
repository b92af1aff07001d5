package org.wattmark.tlog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A text and its signatures: C2SP `signed-note`. Nothing of it is believed until a trusted key
/// verified.
///
/// @param text with its last newline
public record SignedNote(String text, List<NoteSignature> signatures) {

    /// The limit of `golang.org/x/mod/sumdb/note`; the specification asks for at least 16.
    private static final int MAX_SIGNATURES = 100;

    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedException("the text of a note is lines of printable characters");
        }
        Strict.utf8(text);
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new MalformedException("a note has 1 to 100 signatures");
        }
    }

    /// The text may have empty lines: the last one ends it.
    public static SignedNote parse(String note) {
        int end = note.lastIndexOf("\n\n");
        if (end < 0 || !note.endsWith("\n") || end + 2 == note.length()) {
            throw new MalformedException("a note is a text, an empty line and signatures");
        }
        var lines = note.substring(end + 2, note.length() - 1).split("\n", -1);
        return new SignedNote(
                note.substring(0, end + 1), Stream.of(lines).map(NoteSignature::parse).toList());
    }

    public String format() {
        return signatures.stream()
                .map(NoteSignature::format)
                .collect(Collectors.joining("", text + "\n", ""));
    }

    /// With one more signature, in place of an older one by the same key.
    public SignedNote with(NoteSignature signature) {
        var others =
                signatures.stream()
                        .filter(other -> !other.fingerprint().equals(signature.fingerprint()));
        return new SignedNote(text, Stream.concat(others, Stream.of(signature)).toList());
    }
}
