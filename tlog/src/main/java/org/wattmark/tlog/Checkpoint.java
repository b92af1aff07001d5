package org.wattmark.tlog;

import java.util.List;

/// What a log commits to: the text of C2SP `tlog-checkpoint`.
///
/// @param origin which log, for example `example.com/log42`; also the name of the key that signs
/// @param size how many leaves
/// @param root the Merkle root at that size
public record Checkpoint(String origin, long size, Hash root) {

    public Checkpoint {
        if (origin.isEmpty() || origin.contains("\n")) {
            throw new MalformedException("an origin is one line and not empty");
        }
        if (size < 0 || (size == 0 && !root.equals(Merkle.EMPTY_ROOT))) {
            throw new MalformedException("no tree of size " + size + " has the root " + root);
        }
    }

    /// Three lines. Extension lines, which any log may add, are signed with the rest and not kept
    /// here.
    public static Checkpoint parse(String text) {
        if (!text.endsWith("\n")) {
            throw new MalformedException("a checkpoint ends with a newline");
        }
        var lines = List.of(text.substring(0, text.length() - 1).split("\n", -1));
        if (lines.size() < 3 || lines.contains("")) {
            throw new MalformedException("a checkpoint has at least three lines, none empty");
        }
        return new Checkpoint(
                lines.get(0), Strict.decimal(lines.get(1)), Hash.ofBase64(lines.get(2)));
    }

    public boolean isOfSameLog(Checkpoint other) {
        return origin.equals(other.origin);
    }

    /// Whether no log that published `before` may publish this later: the tree shrank, or it is
    /// another of the same size.
    boolean contradicts(Checkpoint before) {
        return size < before.size || (size == before.size && !equals(before));
    }

    public String text() {
        return origin + "\n" + size + "\n" + root.base64() + "\n";
    }
}
