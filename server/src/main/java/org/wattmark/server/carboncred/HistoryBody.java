package org.wattmark.server.carboncred;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.carboncred.ImportedHolding.Status;
import org.wattmark.units.Bytes;

/// A page of history as it is sent.
record HistoryBody(
        String fileSha256, int page, int pages, ChainBody chain, List<HoldingBody> holdings) {

    HistoryBody {
        holdings = List.copyOf(holdings);
    }

    /// @param firstBreak the row at which it breaks, 0 if it is whole
    record ChainBody(String head, long entries, long firstBreak, long breaks) {

        static ChainBody of(Chain chain) {
            return new ChainBody(chain.head(), chain.entries(), chain.firstBreak(), chain.breaks());
        }
    }

    record HoldingBody(
            long row,
            UUID credit,
            String holder,
            String name,
            @Nullable UUID organisation,
            Status status) {

        static HoldingBody of(ImportedHolding holding) {
            return new HoldingBody(
                    holding.row(),
                    holding.credit(),
                    holding.holder(),
                    holding.name(),
                    holding.organisation().orElse(null),
                    holding.status());
        }
    }

    static HistoryBody of(HistoryImported page) {
        return new HistoryBody(
                page.file().hex(),
                page.page(),
                page.pages(),
                ChainBody.of(page.chain()),
                page.holdings().stream().map(HoldingBody::of).toList());
    }

    /// @throws IllegalArgumentException if it is no page of history
    HistoryImported toPage() {
        return new HistoryImported(
                Bytes.ofHex(fileSha256),
                new Chain(chain.head(), chain.entries(), chain.firstBreak(), chain.breaks()),
                page,
                pages,
                holdings.stream()
                        .map(each ->
                                new ImportedHolding(
                                        each.row(),
                                        each.credit(),
                                        each.holder(),
                                        each.name(),
                                        Optional.ofNullable(each.organisation()),
                                        each.status()))
                        .toList());
    }
}
