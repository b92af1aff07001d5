package org.wattmark.server.ledger;

import java.util.List;

/// The tables of one capability: what mirrors its machines' maps, and what takes its rows.
public record Tables(List<MapTable<?, ?>> maps, List<RowTable<?>> rows) {

    public Tables {
        maps = List.copyOf(maps);
        rows = List.copyOf(rows);
    }

    /// Those of the ledger itself. The first two are loaded first: they tell the numbers.
    public static Tables ofLedger(Numbers numbers) {
        return new Tables(
                List.of(
                        new AccountTable(numbers),
                        new AssetTable(numbers),
                        new BalanceTable(numbers),
                        new HoldTable(numbers)),
                List.of());
    }
}
