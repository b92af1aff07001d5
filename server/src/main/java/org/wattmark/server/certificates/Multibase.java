package org.wattmark.server.certificates;

import java.math.BigInteger;
import java.util.Arrays;

/// Multibase base58-btc with Multicodec prefixes, as W3C Controlled Identifiers 1.0 (section 2.4)
/// writes keys and Data Integrity proofs write signatures.
final class Multibase {

    /// Multicodec `ed25519-pub`, 0xed, as a varint.
    static final byte[] ED25519_PUBLIC = {(byte) 0xed, 0x01};

    /// Multicodec `ed25519-priv`, 0x1300, as a varint.
    static final byte[] ED25519_SECRET = {(byte) 0x80, 0x26};

    private static final String ALPHABET =
            "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(58);

    /// More than any key or signature of ours has: decoding takes quadratic time.
    private static final int LONGEST = 200;

    private Multibase() {}

    static String encode(byte[] prefix, byte[] content) {
        var bytes = Arrays.copyOf(prefix, prefix.length + content.length);
        System.arraycopy(content, 0, bytes, prefix.length, content.length);
        return encode(bytes);
    }

    static String encode(byte[] bytes) {
        var digits = new StringBuilder();
        var number = new BigInteger(1, bytes);
        while (number.signum() > 0) {
            var parts = number.divideAndRemainder(BASE);
            digits.append(ALPHABET.charAt(parts[1].intValue()));
            number = parts[0];
        }
        for (int i = 0; i < bytes.length && bytes[i] == 0; i++) {
            digits.append('1');
        }
        return "z" + digits.reverse();
    }

    /// @throws IllegalArgumentException for what is no base58-btc
    static byte[] decode(String text) {
        if (!text.startsWith("z") || text.length() > LONGEST) {
            throw new IllegalArgumentException("not base58-btc");
        }
        var number = BigInteger.ZERO;
        int zeros = 0;
        for (int i = 1; i < text.length(); i++) {
            int digit = ALPHABET.indexOf(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException("not base58-btc");
            }
            number = number.multiply(BASE).add(BigInteger.valueOf(digit));
            zeros += number.signum() == 0 ? 1 : 0;
        }
        var magnitude = number.signum() == 0 ? new byte[0] : number.toByteArray();
        int sign = magnitude.length > 0 && magnitude[0] == 0 ? 1 : 0;
        var bytes = new byte[zeros + magnitude.length - sign];
        System.arraycopy(magnitude, sign, bytes, zeros, magnitude.length - sign);
        return bytes;
    }

    /// @throws IllegalArgumentException unless the content comes behind this prefix
    static byte[] decode(byte[] prefix, String text) {
        var bytes = decode(text);
        if (!Arrays.equals(prefix, Arrays.copyOf(bytes, prefix.length))) {
            throw new IllegalArgumentException("a key of another kind");
        }
        return Arrays.copyOfRange(bytes, prefix.length, bytes.length);
    }
}
