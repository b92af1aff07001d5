package org.wattmark.tlog;

import java.util.List;
import java.util.stream.Collectors;

/// A proof that needs no network: C2SP `tlog-proof`, version 1. By custom its file ends in
/// `.tlog-proof`.
///
/// @param extra whatever the issuer adds, in base64, or empty; nothing authenticates it
/// @param checkpoint the checkpoint whose tree the leaf is in
public record TlogProof(String extra, long index, List<Hash> hashes, SignedCheckpoint checkpoint) {

    private static final String HEADER = "c2sp.org/tlog-proof@v1";
    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    public TlogProof {
        hashes = List.copyOf(hashes);
        Strict.base64(extra);
        var _ = new InclusionProof(index, checkpoint.checkpoint().size(), hashes);
    }

    public static TlogProof of(InclusionProof inclusion, SignedCheckpoint checkpoint) {
        if (inclusion.size() != checkpoint.checkpoint().size()) {
            throw new IllegalArgumentException("the proof is for another size");
        }
        return new TlogProof("", inclusion.index(), inclusion.hashes(), checkpoint);
    }

    public static TlogProof parse(byte[] proof) {
        return parse(Strict.utf8(proof));
    }

    public static TlogProof parse(String proof) {
        int end = proof.indexOf("\n\n");
        if (end < 0) {
            throw new MalformedException("a proof has an empty line before its checkpoint");
        }
        var lines = List.of(proof.substring(0, end).split("\n", -1));
        boolean hasExtra = lines.size() > 1 && lines.get(1).startsWith(EXTRA);
        int indexLine = hasExtra ? 2 : 1;
        if (!lines.getFirst().equals(HEADER)
                || lines.size() <= indexLine
                || !lines.get(indexLine).startsWith(INDEX)) {
            throw new MalformedException("a proof begins with " + HEADER + " and an index");
        }
        return new TlogProof(
                hasExtra ? extraOf(lines.get(1)) : "",
                Strict.decimal(lines.get(indexLine).substring(INDEX.length())),
                lines.stream().skip(indexLine + 1).map(Hash::ofBase64).toList(),
                SignedCheckpoint.parse(proof.substring(end + 2)));
    }

    private static String extraOf(String line) {
        var extra = line.substring(EXTRA.length());
        if (extra.isEmpty()) {
            throw new MalformedException("an extra line without extra data");
        }
        return extra;
    }

    public String format() {
        return HEADER
                + "\n"
                + (extra.isEmpty() ? "" : EXTRA + extra + "\n")
                + INDEX
                + index
                + "\n"
                + hashes.stream().map(it -> it.base64() + "\n").collect(Collectors.joining())
                + "\n"
                + checkpoint.format();
    }

    public TlogProof withExtra(byte[] data) {
        return new TlogProof(Strict.base64(data), index, hashes, checkpoint);
    }

    public byte[] extraBytes() {
        return Strict.base64(extra);
    }

    public InclusionProof inclusion() {
        return new InclusionProof(index, checkpoint.checkpoint().size(), hashes);
    }
}
