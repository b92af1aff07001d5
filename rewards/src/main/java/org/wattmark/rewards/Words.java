package org.wattmark.rewards;

/// Words that people enter and others read: a name, a source.
final class Words {

    private Words() {}

    static void require(String text, int most, String what) {
        if (!areReadable(text, most)) {
            throw new IllegalArgumentException(
                    what + " has 1 to " + most + " printable characters, and none to strip");
        }
    }

    private static boolean areReadable(String text, int most) {
        return !text.isEmpty()
                && text.length() <= most
                && text.equals(text.strip())
                && text.codePoints().allMatch(Words::isPrintable);
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
    }
}
