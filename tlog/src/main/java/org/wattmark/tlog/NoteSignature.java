package org.wattmark.tlog;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/// One signature line of a C2SP `signed-note`, by whatever key.
///
/// @param name the name of the key, which has no space and no plus
/// @param base64 the key id in four bytes, then the signature
public record NoteSignature(String name, String base64) {

    private static final String DASH = "— ";

    public NoteSignature {
        requireName(name);
        if (Strict.base64(base64).length <= Integer.BYTES) {
            throw new MalformedException("a signature is longer than its key id");
        }
    }

    static NoteSignature of(String name, int keyId, byte[] signature) {
        var bytes = ByteBuffer.allocate(Integer.BYTES + signature.length);
        return new NoteSignature(name, Strict.base64(bytes.putInt(keyId).put(signature).array()));
    }

    /// Reads a line without its newline.
    static NoteSignature parse(String line) {
        int space = line.lastIndexOf(' ');
        if (!line.startsWith(DASH) || space < DASH.length()) {
            throw new MalformedException("not a signature line: " + line);
        }
        return new NoteSignature(line.substring(DASH.length(), space), line.substring(space + 1));
    }

    String format() {
        return DASH + name + " " + base64 + "\n";
    }

    public int keyId() {
        return ByteBuffer.wrap(Strict.base64(base64)).getInt();
    }

    byte[] signature() {
        var bytes = Strict.base64(base64);
        return Arrays.copyOfRange(bytes, Integer.BYTES, bytes.length);
    }

    /// Which key claims to have signed: its name and id, as in `example.com/log+c74f20a3`.
    public String fingerprint() {
        return fingerprint(name, keyId());
    }

    static String fingerprint(String name, int keyId) {
        return name + "+" + HexFormat.of().toHexDigits(keyId);
    }

    static void requireName(String name) {
        boolean bad = name.codePoints().anyMatch(NoteSignature::isNotOfName);
        if (name.isEmpty() || bad) {
            throw new MalformedException("not the name of a key: " + name);
        }
        Strict.utf8(name);
    }

    private static boolean isNotOfName(int character) {
        return character == '+'
                || Character.isISOControl(character)
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character);
    }
}
