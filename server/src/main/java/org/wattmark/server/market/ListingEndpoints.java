package org.wattmark.server.market;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.market.ListCredits;
import org.wattmark.market.Listing;
import org.wattmark.market.MarketRules;
import org.wattmark.market.Offering;
import org.wattmark.market.WithdrawListing;
import org.wattmark.market.Withdrawal;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.registry.Refusals;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.StepLimits;
import org.wattmark.units.Co2e;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;

/// Credits offered at a fixed price: by who holds them, for everybody to see.
@RestController
@Tag(name = "Listings")
class ListingEndpoints {

    private static final String SELECT =
            """
            select listing.id, seller, block_id, listing.unit_class, quantity_grams, currency,
                price_minor_units, left_grams, state, project_id, vintage
            from listing join credit_block on credit_block.id = listing.block_id
            """;

    private static final String OPEN =
            SELECT
                    + """
                    where state = 'OPEN' and listing.id > :after
                        and (cast(:block as uuid) is null or block_id = :block)
                        and (cast(:vintage as integer) is null or vintage = :vintage)
                        and (cast(:currency as text) is null or currency = :currency)
                        and (cast(:class as text) is null or listing.unit_class = :class)
                    order by listing.id limit :limit
                    """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final FeeRule fee;
    private final StepLimits limits;

    ListingEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            MarketRules rules,
            StepLimits limits) {
        this.limits = limits;
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.fee = FeeRule.of(rules);
    }

    /// What is offered can be bought by anybody at its price, so a large offer is confirmed like a
    /// large transfer. It is reserved: the seller cannot use it elsewhere while the listing is
    /// open.
    @PostMapping("/api/v1/listings")
    ResponseEntity<?> list(
            @RequestBody ListingBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        Trader.require(actor);
        var command =
                body.toCommand(ChosenId.of(body.id(), key, actor), organisations.accountOf(actor));
        limits.require(actor, command.quantity().grams(), 0);
        return switch (sequencer.apply(command)) {
            case Offering.Listed(var listing, var receipt) ->
                    ResponseEntity.created(URI.create("/api/v1/public/listings/" + listing.id()))
                            .body(Listed.of(listing, fee, receipt));
            case Offering.Refused(var reason) -> MarketRefusals.of(reason);
        };
    }

    /// Takes back what is left of your own listing.
    @PostMapping("/api/v1/listings/{id}/withdrawals")
    ResponseEntity<?> withdraw(
            @PathVariable("id") UUID listing,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        Trader.require(actor);
        var command =
                new WithdrawListing(
                        StepBody.id(body, key, actor), organisations.accountOf(actor), listing);
        return switch (sequencer.apply(command)) {
            case Withdrawal.Withdrawn(var withdrawn, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Withdrawn(command.id(), listing, withdrawn.left(), receipt));
            case Withdrawal.Refused(var reason) -> MarketRefusals.of(reason);
        };
    }

    /// The listings that are open.
    ///
    /// @param currency ISO 4217 code
    @GetMapping("/api/v1/public/listings")
    Page<ListingView> listings(
            @RequestParam(required = false) @Nullable UUID block,
            @RequestParam(required = false) @Nullable Integer vintage,
            @RequestParam(required = false) @Nullable String currency,
            @RequestParam(name = "unit_class", required = false) @Nullable UnitClass unitClass,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        var code = currency == null ? null : MoneyBody.currency("?currency", currency);
        return page.over(
                jdbc.sql(OPEN)
                        .param("after", page.afterId())
                        .param("block", block)
                        .param("vintage", vintage)
                        .param("currency", code == null ? null : code.getCurrencyCode())
                        .param("class", unitClass == null ? null : unitClass.name())
                        .param("limit", page.fetch())
                        .query(this::view)
                        .list(),
                view -> view.id().toString());
    }

    /// A listing, open or not any more.
    @GetMapping("/api/v1/public/listings/{id}")
    ResponseEntity<?> listing(@PathVariable UUID id) {
        return jdbc.sql(SELECT + " where listing.id = :id")
                .param("id", id)
                .query(this::view)
                .optional()
                .<ResponseEntity<?>>map(ResponseEntity::ok)
                .orElseGet(() ->
                        Problem.of(
                                        HttpStatus.NOT_FOUND,
                                        "listing_unknown",
                                        "No listing has the id " + id + ".")
                                .answer());
    }

    private ListingView view(ResultSet row, int index) throws SQLException {
        var listing = ListingTable.listing(row, index);
        return new ListingView(
                listing.id(),
                listing.seller().value(),
                listing.block(),
                row.getObject("project_id", UUID.class),
                row.getInt("vintage"),
                listing.unitClass(),
                listing.quantity(),
                listing.left(),
                listing.price(),
                fee,
                listing.state());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param block whose credits you hold
    record ListingBody(@Nullable UUID id, UUID block, QuantityBody quantity, PriceBody price) {

        ListCredits toCommand(UUID chosen, AccountId seller) {
            var grams = quantity.quantity();
            var offered = new Price(price.perTonne().at("/price/per_tonne"));
            requireCountable(grams, offered);
            return new ListCredits(chosen, seller, block, grams, offered);
        }

        private static void requireCountable(Co2e quantity, Price price) {
            try {
                var _ = price.of(quantity);
            } catch (ArithmeticException e) {
                throw Refusals.invalid(
                        "/price/per_tonne/minor_units",
                        "is so high that the whole quantity costs more than "
                                + Long.MAX_VALUE
                                + " minor units");
            }
        }
    }

    /// @param perTonne what 1,000,000 g cost
    record PriceBody(MoneyBody perTonne) {}

    record Listed(
            UUID id,
            UUID block,
            UnitClass unitClass,
            Co2e quantity,
            Price price,
            FeeRule fee,
            Listing.State state,
            Receipt receipt) {

        static Listed of(Listing listing, FeeRule fee, Receipt receipt) {
            return new Listed(
                    listing.id(),
                    listing.block(),
                    listing.unitClass(),
                    listing.quantity(),
                    listing.price(),
                    fee,
                    listing.state(),
                    receipt);
        }
    }

    /// @param returned what was left of the listing, and is the seller's again
    record Withdrawn(UUID id, UUID listing, Co2e returned, Receipt receipt) {}

    /// @param seller the account, as the public log names it
    /// @param quantity what was offered
    /// @param left what can still be bought, unless the listing was withdrawn
    record ListingView(
            UUID id,
            String seller,
            UUID block,
            UUID project,
            int vintage,
            UnitClass unitClass,
            Co2e quantity,
            Co2e left,
            Price price,
            FeeRule fee,
            Listing.State state) {}
}
