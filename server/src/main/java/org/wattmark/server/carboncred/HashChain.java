package org.wattmark.server.carboncred;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.wattmark.units.Canonical;

/// CarbonCred's chain, checked again: each row's hash is `sha256(event + credit + from + to +
/// str(metadata) + prev)`, where `prev` is the hash of the row before, or `GENESIS`.
///
/// Nobody signed it. It tells of a change that somebody made without hashing all that follows anew,
/// and of no other.
final class HashChain {

    static final String GENESIS = "GENESIS";

    /// So many breaks tell the story; the others are only counted.
    private static final int TOLD = 100;

    private final Function<String, OptionalLong> rowOf;
    private final List<Break> breaks = new ArrayList<>();
    private long count;
    private long entries;
    private String head = "";

    /// @param rowOf finds the row that has this hash
    HashChain(Function<String, OptionalLong> rowOf) {
        this.rowOf = rowOf;
    }

    enum Kind {
        /// The row's hash is not that of its content.
        CONTENT,
        /// The row does not continue the one before it.
        LINK
    }

    /// @param stored what the row says
    /// @param computed what it would have to say
    /// @param meaning in a sentence, for a person
    record Break(long row, Kind kind, String stored, String computed, String meaning) {

        @Override
        public String toString() {
            return "row %d: %s (%s stored, %s computed)".formatted(row, meaning, stored, computed);
        }
    }

    void check(LedgerEntry entry) {
        var expected = entries == 0 ? GENESIS : head;
        if (!entry.previousHash().equals(expected)) {
            add(new Break(entry.row(), Kind.LINK, entry.previousHash(), expected, link(entry)));
        }
        content(entry).ifPresent(this::add);
        entries++;
        head = entry.hash();
    }

    private void add(Break broken) {
        count++;
        if (breaks.size() < TOLD) {
            breaks.add(broken);
        }
    }

    private String link(LedgerEntry entry) {
        if (entries == 0) {
            return "the beginning of the chain is gone: the first row continues another";
        }
        if (entry.previousHash().equals(GENESIS)) {
            return "a second chain begins here";
        }
        var continued = rowOf.apply(entry.previousHash());
        return continued.isPresent()
                ? "it continues row %d, not the row before it: written at once, put in or moved"
                        .formatted(continued.getAsLong())
                : "the row that it continues is gone: rows before it were deleted or changed";
    }

    private static Optional<Break> content(LedgerEntry entry) {
        String metadata;
        try {
            metadata = PythonText.strOfJson(entry.metadata());
        } catch (IllegalArgumentException e) {
            return Optional.of(
                    new Break(
                            entry.row(),
                            Kind.CONTENT,
                            entry.hash(),
                            "nothing",
                            "its metadata is " + e.getMessage()));
        }
        var spellings = entry.creditSpellings();
        if (spellings.stream().anyMatch(it -> hash(entry, it, metadata).equals(entry.hash()))) {
            return Optional.empty();
        }
        return Optional.of(
                new Break(
                        entry.row(),
                        Kind.CONTENT,
                        entry.hash(),
                        hash(entry, spellings.getFirst(), metadata),
                        "its content is not what was hashed: a field was changed after it was"
                                + " written, or another program wrote it"));
    }

    static String hash(LedgerEntry entry, String credit, String metadata) {
        var text =
                entry.event()
                        + credit
                        + entry.from()
                        + entry.to()
                        + metadata
                        + entry.previousHash();
        return HexFormat.of().formatHex(Canonical.sha256(text.getBytes(UTF_8)));
    }

    /// Where it breaks, by row; at most the first hundred.
    List<Break> breaks() {
        return List.copyOf(breaks);
    }

    Chain summary() {
        long first = breaks.isEmpty() ? Chain.WHOLE : breaks.getFirst().row();
        return new Chain(head, entries, first, count);
    }
}
