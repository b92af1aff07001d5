package org.wattmark.server.carboncred.api;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;

/// The kilograms that are for sale, and those that somebody bought, by handle.
final class Shelf {

    /// The lowest free handles of each open listing, as many as are left of it in whole kilograms:
    /// who buys by the gram takes from the end. A series is as long as a page and what was used.
    private static final String FOR_SALE =
            """
            select listing.id, listing.number, listing.block_id, listing.unit_class, listing.seller,
                listing.currency, listing.price_minor_units, free.kilogram,
                project.number as project_number, project.title, project.region,
                project.methodology, project.methodology_version, credit_block.vintage
            from listing
            join credit_block on credit_block.id = listing.block_id
            join project on project.id = credit_block.project_id
            cross join lateral (
                select case when listing.number = :number then :kilogram + 1 else 0 end as kilogram
            ) as start_at
            cross join lateral (
                select count(*) as used,
                    count(*) filter (where kilogram < start_at.kilogram) as used_before
                from credit_handle where listing_id = listing.id
            ) as handles
            cross join lateral (
                select kilogram from (
                    select series.kilogram, start_at.kilogram - handles.used_before - 1
                        + row_number() over (order by series.kilogram) as place
                    from generate_series(start_at.kilogram, least(listing.quantity_grams / 1000,
                        start_at.kilogram + handles.used + :limit) - 1) as series (kilogram)
                    left join credit_handle as taken
                        on taken.listing_id = listing.id and taken.kilogram = series.kilogram
                    where taken.listing_id is null
                ) as unused
                where place < listing.left_grams / 1000
                order by kilogram limit :limit
            ) as free
            where listing.state = 'OPEN' and listing.left_grams >= 1000
                and listing.number >= :number
                and (cast(:class as text) is null or listing.unit_class = :class)
                and (cast(:project as bigint) is null or project.number = :project)
            order by listing.number, free.kilogram
            limit :limit
            """;

    /// What is still there of the holding decides which of the handles that were not retired count:
    /// what was transferred or sold since is taken from the last.
    private static final String BOUGHT =
            """
            with mine as (
                select credit_handle.*, sum(case when retirement_id is null then 1 else 0 end)
                    over (partition by credit_handle.block_id order by listing_id, kilogram)
                    as place
                from credit_handle where holder = :holder
            ), held as (
                select split_part(asset.code, ':', 2) as block, sum(amount) as grams
                from account, balances_of(account.number)
                join asset on asset.number = balances_of.asset
                where account.id = :holder and asset.code ~ '^(test)?credit:'
                group by asset.code
            )
            select mine.listing_id, listing.number, mine.kilogram, mine.block_id, trade_id,
                retirement_id, listing.unit_class, project.number as project_number,
                credit_block.vintage,
                case when retirement_id is not null then 'RETIRED'
                    when place <= coalesce(held.grams, 0) / 1000 then 'HELD'
                    else 'MOVED' end as status
            from mine
            join listing on listing.id = mine.listing_id
            join credit_block on credit_block.id = mine.block_id
            join project on project.id = credit_block.project_id
            left join held on held.block = mine.block_id::text
            where (listing.number, mine.kilogram) > (:number, :kilogram)
            order by listing.number, mine.kilogram limit :limit
            """;

    private static final String WALLET =
            """
            select coalesce(sum(amount), 0) as owned,
                coalesce(sum(amount) filter (where account.id = :account), 0) as available,
                (select coalesce(sum(last_serial - first_serial + 1), 0) from retirement
                    where holder = :account) as retired
            from account, balances_of(account.number)
            join asset on asset.number = balances_of.asset
            where account.id in (:account, :account || '/reserved')
                and asset.code ~ '^(test)?credit:'
            """;

    private final JdbcClient jdbc;

    Shelf(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Where a page begins: after this kilogram of this listing.
    record Place(long listing, long kilogram) {

        static final Place START = new Place(0, -1);

        Place {
            if (listing < 0
                    || listing >= CreditId.MOST_LISTINGS
                    || kilogram < -1
                    || kilogram >= CreditId.MOST_KILOGRAMS) {
                throw new IllegalArgumentException("no place: " + listing + "/" + kilogram);
            }
        }

        static Place of(String text) {
            var parts = text.split("/", 2);
            return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
        }

        @Override
        public String toString() {
            return listing + "/" + kilogram;
        }
    }

    /// A kilogram that is for sale.
    record ForSale(
            Place place,
            CreditId id,
            UUID listing,
            UUID block,
            String seller,
            long project,
            String title,
            String region,
            String methodology,
            int vintage,
            UnitClass unitClass,
            Money price) {}

    List<ForSale> forSale(
            Place after, @Nullable UnitClass unitClass, @Nullable Long project, int most) {
        return jdbc.sql(FOR_SALE)
                .param("number", after.listing())
                .param("kilogram", after.kilogram())
                .param("class", unitClass == null ? null : unitClass.name())
                .param("project", project)
                .param("limit", most)
                .query((row, _) -> forSale(row))
                .list();
    }

    private static ForSale forSale(ResultSet row) throws SQLException {
        var listing = row.getObject("id", UUID.class);
        var block = row.getObject("block_id", UUID.class);
        var place = new Place(row.getLong("number"), row.getLong("kilogram"));
        var tonne = Money.of(row.getLong("price_minor_units"), row.getString("currency"));
        return new ForSale(
                place,
                CreditId.of(place.listing(), listing, block, place.kilogram()),
                listing,
                block,
                row.getString("seller"),
                row.getLong("project_number"),
                row.getString("title"),
                row.getString("region"),
                row.getString("methodology") + "/" + row.getInt("methodology_version"),
                row.getInt("vintage"),
                UnitClass.valueOf(row.getString("unit_class")),
                new Price(tonne).of(BuyCredit.KILOGRAM));
    }

    /// Which listing, and which block, a handle names.
    record Named(UUID listing, UUID block) {}

    /// Empty unless there is such a listing, the check is its own, and it has that kilogram.
    Optional<Named> find(CreditId id) {
        return jdbc.sql(
                        """
                        select id, block_id from listing
                        where number = :number and :kilogram < quantity_grams / 1000
                        """)
                .param("number", id.listing())
                .param("kilogram", id.kilogram())
                .query((row, _) ->
                        new Named(
                                row.getObject("id", UUID.class),
                                row.getObject("block_id", UUID.class)))
                .optional()
                .filter(named -> id.belongsTo(named.listing(), named.block()));
    }

    /// A kilogram that the holder bought by a handle.
    ///
    /// @param status HELD, RETIRED, or MOVED: transferred or offered since
    record Bought(
            Place place,
            CreditId id,
            UUID block,
            long project,
            int vintage,
            UnitClass unitClass,
            String status,
            UUID trade,
            @Nullable UUID retirement) {}

    List<Bought> boughtBy(AccountId holder, Place after, int most) {
        return jdbc.sql(BOUGHT)
                .param("holder", holder.value())
                .param("number", after.listing())
                .param("kilogram", after.kilogram())
                .param("limit", most)
                .query((row, _) -> bought(row))
                .list();
    }

    private static Bought bought(ResultSet row) throws SQLException {
        var block = row.getObject("block_id", UUID.class);
        var place = new Place(row.getLong("number"), row.getLong("kilogram"));
        return new Bought(
                place,
                CreditId.of(
                        place.listing(),
                        row.getObject("listing_id", UUID.class),
                        block,
                        place.kilogram()),
                block,
                row.getLong("project_number"),
                row.getInt("vintage"),
                UnitClass.valueOf(row.getString("unit_class")),
                row.getString("status"),
                row.getObject("trade_id", UUID.class),
                row.getObject("retirement_id", UUID.class));
    }

    /// @param owned all that the holder has, what is offered or otherwise reserved too
    /// @param available what of it can be retired, sold or transferred now
    /// @param retired all that the holder ever retired
    record Wallet(Co2e owned, Co2e available, Co2e retired) {}

    Wallet walletOf(AccountId holder) {
        return jdbc.sql(WALLET)
                .param("account", holder.value())
                .query((row, _) ->
                        new Wallet(
                                new Co2e(row.getLong("owned")),
                                new Co2e(row.getLong("available")),
                                new Co2e(row.getLong("retired"))))
                .single();
    }

    /// Kilograms, exact: 1,500 g are 1.5, and 2,000 g are 2.
    static BigDecimal kilograms(long grams) {
        var exact = BigDecimal.valueOf(grams, 3).stripTrailingZeros();
        return exact.scale() < 0 ? exact.setScale(0) : exact;
    }
}
