package org.wattmark.server.carboncred;

import java.util.ArrayList;
import java.util.List;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// A page of what another system's database says that its users had. It is written down, with what
/// came of checking that database, and changes nothing: no balance, no allocation, no certificate.
///
/// The log shows the file's SHA-256, the chain and how much it is; who had it is private content.
///
/// @param file SHA-256 of the database's file
/// @param page counts from 1
/// @param holdings by the row of their last entry, [#PAGE] of them on all pages but the last
public record HistoryImported(
        Bytes file, Chain chain, int page, int pages, List<ImportedHolding> holdings)
        implements Fact {

    public static final String DOMAIN = "wattmark/history-imported/v1";

    private static final String RECEIPT = "wattmark/history-receipt/v1";

    /// The system that it comes from.
    public static final String SOURCE = "carboncred";

    /// Some 700 kB of JSON, and a batch of the journal that stays small.
    public static final int PAGE = 5_000;

    private static final int HASH_BYTES = 32;

    public HistoryImported {
        holdings = List.copyOf(holdings);
        if (file.length() != HASH_BYTES) {
            throw new IllegalArgumentException("a file's SHA-256 has 32 bytes");
        }
        if (page < 1 || page > pages) {
            throw new IllegalArgumentException("of " + pages + " pages none is page " + page);
        }
        if (holdings.size() > PAGE || (page < pages && holdings.size() < PAGE)) {
            throw new IllegalArgumentException("page %d has not %d".formatted(page, PAGE));
        }
        for (int i = 1; i < holdings.size(); i++) {
            if (holdings.get(i - 1).row() >= holdings.get(i).row()) {
                throw new IllegalArgumentException("holdings stand in the order of their rows");
            }
        }
    }

    public long kilograms() {
        return (long) holdings.size() * ImportedHolding.KILOGRAMS;
    }

    @Override
    public byte[] content() {
        var content = Canonical.of(DOMAIN).text(SOURCE).bytes(file.toByteArray());
        chain.addTo(content);
        content.number(page).number(pages).number(holdings.size());
        holdings.forEach(each -> each.addTo(content));
        return content.toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        var receipt = Canonical.of(RECEIPT).text(SOURCE).bytes(file.toByteArray());
        chain.addTo(receipt);
        return receipt.number(page)
                .number(pages)
                .number(holdings.size())
                .number(kilograms())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static HistoryImported of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            if (!reader.text().equals(SOURCE)) {
                throw new Canonical.Malformed("history of a system that is not known");
            }
            var file = Bytes.of(reader.bytes());
            var chain = Chain.read(reader);
            int page = Math.toIntExact(reader.number());
            int pages = Math.toIntExact(reader.number());
            long count = reader.number();
            var holdings = new ArrayList<ImportedHolding>();
            for (long i = 0; i < count; i++) {
                holdings.add(ImportedHolding.read(reader));
            }
            reader.end();
            return new HistoryImported(file, chain, page, pages, holdings);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Canonical.Malformed("not a page of history: " + e.getMessage());
        }
    }
}
