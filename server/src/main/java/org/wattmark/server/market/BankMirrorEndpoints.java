package org.wattmark.server.market;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.verification.UnitClass;

/// What lies at the bank, as the books have it, and whose it is.
@RestController
@Tag(name = "Deposits")
class BankMirrorEndpoints {

    /// One statement, so all of it is seen at one moment. The mirror's balance is what it has
    /// given, as a negative number.
    private static final String MIRROR =
            """
            with booked as (
                select asset,
                    -coalesce(sum(amount) filter (where account ~ '^(test:)?system:bank-'), 0)
                        as given,
                    coalesce(sum(amount) filter (where account ~ '^(test:)?holder:'), 0) as held,
                    coalesce(sum(amount) filter (where account ~ '^(test:)?system:fees'), 0)
                        as fees,
                    coalesce(sum(amount) filter (where account ~ '^(test:)?system:reward-'), 0)
                        as rewards
                from (
                    select account.id as account, asset.code as asset, balance_now.amount
                    from balance_now
                    join account on account.number = balance_now.account
                    join asset on asset.number = balance_now.asset
                    where asset.code ~ '^(test)?money:'
                ) as money
                group by asset
            ), deposited as (
                select case when account like 'test:%' then 'testmoney:' else 'money:' end
                        || currency as asset,
                    sum(minor_units) as posted
                from deposit where state = 'POSTED' group by 1
            )
            select asset, coalesce(given, 0) as given, coalesce(posted, 0) as posted,
                coalesce(held, 0) as held, coalesce(fees, 0) as fees,
                coalesce(rewards, 0) as rewards
            from booked full join deposited using (asset)
            order by asset
            """;

    private final JdbcClient jdbc;

    BankMirrorEndpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// Compare `given` with the bank's own statement of the account of that currency.
    @GetMapping("/api/v1/bank-mirror")
    Mirrors mirrors(Actor actor) {
        actor.require(Role.OPERATOR);
        return new Mirrors(jdbc.sql(MIRROR).query(BankMirrorEndpoints::mirror).list());
    }

    private static Mirror mirror(ResultSet row, int unused) throws SQLException {
        var asset = row.getString("asset");
        long given = row.getLong("given");
        long deposited = row.getLong("posted");
        long held = row.getLong("held");
        long fees = row.getLong("fees");
        long rewards = row.getLong("rewards");
        return new Mirror(
                asset.substring(asset.indexOf(':') + 1),
                asset.startsWith("test") ? UnitClass.TEST : UnitClass.LIVE,
                given,
                deposited,
                held,
                fees,
                rewards,
                Math.subtractExact(given, Math.addExact(Math.addExact(held, fees), rewards)),
                Math.subtractExact(given, deposited));
    }

    record Mirrors(List<Mirror> data) {}

    /// All in minor units of the currency.
    ///
    /// @param given what the mirror account has given out: what must lie at the bank
    /// @param deposited the deposits that were posted
    /// @param held what holders have, reserved or not
    /// @param fees what the operator has earned
    /// @param rewards what is put aside for reward programmes and stakes
    /// @param difference given less held, fees and rewards: 0, or the books are broken
    /// @param unexplained given less deposited: 0, or the books are broken
    record Mirror(
            String currency,
            UnitClass unitClass,
            long given,
            long deposited,
            long held,
            long fees,
            long rewards,
            long difference,
            long unexplained) {}
}
