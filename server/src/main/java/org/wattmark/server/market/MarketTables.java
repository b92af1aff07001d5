package org.wattmark.server.market;

import java.util.List;
import org.wattmark.server.ledger.Tables;

/// The tables of the market and of the money that comes in.
public final class MarketTables {

    private MarketTables() {}

    public static Tables all() {
        return new Tables(
                List.of(new ListingTable(), new DepositTable(), new DepositReferenceTable()),
                List.of(new TradeTable()));
    }
}
