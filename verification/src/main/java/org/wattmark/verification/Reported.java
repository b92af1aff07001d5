package org.wattmark.verification;

import java.util.List;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// What every report says beside its quantities.
///
/// @param region code of the grid's region, ISO 3166-1 alpha-3 or our own
/// @param documents by which the quantities were proved, each by its hash: at least one
/// @param leakage emissions that the project moves elsewhere, or that there are none
public record Reported(String region, List<Document> documents, Leakage leakage) {

    private static final int MOST_DOCUMENTS = 500;

    public Reported {
        if (!region.matches("[A-Z]{3}|[a-z][a-z0-9-]{1,39}")) {
            throw new IllegalArgumentException("not a region's code: " + region);
        }
        if (documents.isEmpty() || documents.size() > MOST_DOCUMENTS) {
            throw new IllegalArgumentException(
                    "a report names 1 to "
                            + MOST_DOCUMENTS
                            + " documents, not "
                            + documents.size());
        }
        if (documents.stream().map(Document::hash).distinct().count() != documents.size()) {
            throw new IllegalArgumentException("a report names each document once");
        }
        documents = List.copyOf(documents);
    }

    boolean has(Document.Kind kind) {
        return documents.stream().anyMatch(document -> document.kind() == kind);
    }

    void write(Canonical bytes) {
        bytes.text(region).number(documents.size());
        documents.forEach(document -> document.write(bytes));
        leakage.write(bytes);
    }

    static Reported read(DataReader reader) throws Malformed {
        return new Reported(
                reader.text(),
                reader.list(MOST_DOCUMENTS, () -> Document.read(reader)),
                Leakage.read(reader));
    }
}
