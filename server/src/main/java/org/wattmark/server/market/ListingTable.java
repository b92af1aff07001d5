package org.wattmark.server.market;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.market.Listing;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;

/// Listings; only what is left of one and its state ever change.
final class ListingTable implements MapTable<UUID, Listing> {

    private static final String SELECT =
            """
            select id, seller, block_id, unit_class, quantity_grams, currency, price_minor_units,
                left_grams, state
            from listing
            """;

    private static final String UPSERT =
            """
            insert into listing (id, seller, block_id, unit_class, quantity_grams, currency,
                price_minor_units, left_grams, state)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (id) do update
                set left_grams = excluded.left_grams, state = excluded.state
            """;

    @Override
    public String map() {
        return "listing";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Listing>> changes) throws SQLException {
        var listings = changes.stream().map(Row::value).toList();
        var prices = listings.stream().map(each -> each.price().perTonne()).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", listings.stream().map(Listing::id).toList())
                .column("text", listings.stream().map(each -> each.seller().value()).toList())
                .column("uuid", listings.stream().map(Listing::block).toList())
                .column("text", listings.stream().map(each -> each.unitClass().name()).toList())
                .column("bigint", listings.stream().map(each -> each.quantity().grams()).toList())
                .column("text", prices.stream().map(p -> p.currency().getCurrencyCode()).toList())
                .column("bigint", prices.stream().map(Money::minorUnits).toList())
                .column("bigint", listings.stream().map(each -> each.left().grams()).toList())
                .column("text", listings.stream().map(each -> each.state().name()).toList())
                .execute();
    }

    @Override
    public Map<UUID, Listing> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query(ListingTable::listing).list().stream()
                .collect(Collectors.toMap(Listing::id, each -> each));
    }

    static Listing listing(ResultSet row, int unused) throws SQLException {
        return new Listing(
                row.getObject("id", UUID.class),
                new AccountId(row.getString("seller")),
                row.getObject("block_id", UUID.class),
                UnitClass.valueOf(row.getString("unit_class")),
                new Co2e(row.getLong("quantity_grams")),
                new Price(Money.of(row.getLong("price_minor_units"), row.getString("currency"))),
                new Co2e(row.getLong("left_grams")),
                Listing.State.valueOf(row.getString("state")));
    }
}
