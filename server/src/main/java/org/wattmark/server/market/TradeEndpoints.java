package org.wattmark.server.market;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.Purchase;
import org.wattmark.market.Trade;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// Purchases, and the trades that they became.
@RestController
@Tag(name = "Trades")
class TradeEndpoints {

    private static final String OWN =
            """
            select number, id, listing_id, seller, buyer, block_id, unit_class, quantity_grams,
                currency, price_minor_units, fee_minor_units, proceeds_minor_units, at
            from trade
            where (seller = :account or buyer = :account) and number > :after
            order by number limit :limit
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;

    TradeEndpoints(Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
    }

    /// Buys from a listing at its price: credits against money and fee, all of them or none.
    @PostMapping("/api/v1/purchases")
    ResponseEntity<?> buy(
            @RequestBody PurchaseBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        Trader.require(actor);
        var command =
                new BuyCredits(
                        ChosenId.of(body.id(), key, actor),
                        organisations.accountOf(actor),
                        body.listing(),
                        body.quantity().quantity());
        return switch (sequencer.apply(command)) {
            case Purchase.Bought(var trade, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED).body(Bought.of(trade, receipt));
            case Purchase.Refused(var reason) -> MarketRefusals.of(reason);
        };
    }

    /// What your organisation has bought and sold, in the order of the journal.
    @GetMapping("/api/v1/trades")
    Page<TradeView> trades(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        var account = organisations.accountOf(actor);
        return page.over(
                jdbc.sql(OWN)
                        .param("account", account.value())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) -> view(row, account))
                        .list(),
                each -> String.valueOf(each.number()));
    }

    private static TradeView view(ResultSet row, AccountId account) throws SQLException {
        var trade = TradeTable.trade(row);
        return new TradeView(
                row.getLong("number"),
                trade.id(),
                trade.listing(),
                trade.buyer().equals(account) ? Side.BOUGHT : Side.SOLD,
                trade.seller().value(),
                trade.buyer().value(),
                trade.block(),
                trade.unitClass(),
                trade.quantity(),
                trade.price(),
                trade.fee(),
                trade.proceeds(),
                trade.at());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param quantity all or none of it is bought
    record PurchaseBody(@Nullable UUID id, UUID listing, QuantityBody quantity) {}

    /// @param price what you paid
    /// @param fee the operator's part of it
    /// @param proceeds the seller's part of it: the rest
    record Bought(
            UUID id,
            UUID listing,
            UUID block,
            UnitClass unitClass,
            Co2e quantity,
            Money price,
            Money fee,
            Money proceeds,
            Instant at,
            Receipt receipt) {

        static Bought of(Trade trade, Receipt receipt) {
            return new Bought(
                    trade.id(),
                    trade.listing(),
                    trade.block(),
                    trade.unitClass(),
                    trade.quantity(),
                    trade.price(),
                    trade.fee(),
                    trade.proceeds(),
                    trade.at(),
                    receipt);
        }
    }

    /// Which side of a trade you were on.
    enum Side {
        BOUGHT,
        SOLD
    }

    /// @param number its place among all trades
    record TradeView(
            long number,
            UUID id,
            UUID listing,
            Side side,
            String seller,
            String buyer,
            UUID block,
            UnitClass unitClass,
            Co2e quantity,
            Money price,
            Money fee,
            Money proceeds,
            Instant at) {}
}
