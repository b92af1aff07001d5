package org.wattmark.tlog;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// The entries of one tile of leaves as C2SP `tlog-tiles` serves them: each after its length, a
/// big-endian uint16.
public final class EntryBundle {

    /// A leaf is at most 4 KiB; bulk content enters the log as its SHA-256.
    public static final int MAX_ENTRY_BYTES = 4096;

    private EntryBundle() {}

    /// Between 1 and 256 entries, in the order of the log.
    public static byte[] encode(List<byte[]> entries) {
        if (entries.isEmpty() || entries.size() > TilePath.FULL) {
            throw new IllegalArgumentException("a bundle has no " + entries.size() + " entries");
        }
        var bundle = new ByteArrayOutputStream();
        for (var entry : entries) {
            if (entry.length > MAX_ENTRY_BYTES) {
                throw new IllegalArgumentException("an entry is too large: " + entry.length + " B");
            }
            bundle.write(entry.length >> 8);
            bundle.write(entry.length);
            bundle.writeBytes(entry);
        }
        return bundle.toByteArray();
    }

    public static List<byte[]> decode(byte[] bundle) {
        var left = ByteBuffer.wrap(bundle);
        var entries = new ArrayList<byte[]>();
        while (left.hasRemaining()) {
            entries.add(next(left));
        }
        if (entries.isEmpty() || entries.size() > TilePath.FULL) {
            throw new MalformedException("a bundle has no " + entries.size() + " entries");
        }
        return List.copyOf(entries);
    }

    private static byte[] next(ByteBuffer left) {
        int length = left.remaining() < Short.BYTES ? -1 : Short.toUnsignedInt(left.getShort());
        if (length < 0 || length > MAX_ENTRY_BYTES || length > left.remaining()) {
            throw new MalformedException("an entry of the bundle is torn or too large");
        }
        var entry = new byte[length];
        left.get(entry);
        return entry;
    }
}
