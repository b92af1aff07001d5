package org.wattmark.registry;

/// Words that the log shows to everybody, for good.
final class PublicWords {

    /// Enough for a sentence or two; a leaf has 4 KiB.
    static final int MAX = 500;

    private PublicWords() {}

    /// Refuses what is empty, longer than [#MAX], or no text that a database keeps.
    static void require(String words) {
        if (words.isBlank() || words.length() > MAX) {
            throw new IllegalArgumentException("a reason has 1 to " + MAX + " characters");
        }
        if (!words.codePoints()
                .allMatch(c -> c != 0 && Character.getType(c) != Character.SURROGATE)) {
            throw new IllegalArgumentException("half a character, or none: not a text");
        }
    }
}
