package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// What your organisation has.
@RestController
@Tag(name = "Holdings")
class HoldingEndpoints {

    /// What a hold reserves lies in the account beside the holder's.
    private static final String OF_ACCOUNT =
            """
            with has as (
                select asset.code, split_part(asset.code, ':', 2) as name,
                    coalesce(sum(amount) filter (where account.id = :account), 0) as available,
                    coalesce(sum(amount) filter (where account.id <> :account), 0) as reserved
                from account, balances_of(account.number)
                join asset on asset.number = balances_of.asset
                where account.id in (:account, :account || '/reserved')
                group by asset.code
            )
            """;

    private static final String HOLDINGS =
            OF_ACCOUNT
                    + """
                    select credit_block.id, credit_block.project_id, credit_block.vintage,
                        credit_block.unit_class, available, reserved
                    from has join credit_block on credit_block.id::text = name
                    where code ~ '^(test)?credit:' and available + reserved > 0
                    order by credit_block.id
                    """;

    private static final String MONEY =
            OF_ACCOUNT
                    + """
                    select name as currency, available, reserved from has
                    where code ~ '^(test)?money:' order by code
                    """;

    private final JdbcClient jdbc;
    private final Organisations organisations;

    HoldingEndpoints(JdbcClient jdbc, Organisations organisations) {
        this.jdbc = jdbc;
        this.organisations = organisations;
    }

    /// What your organisation has of each credit block.
    @GetMapping("/api/v1/holdings")
    Holdings holdings(Actor actor) {
        var account = organisations.accountOf(actor).value();
        return new Holdings(
                account,
                jdbc.sql(HOLDINGS)
                        .param("account", account)
                        .query((row, _) ->
                                new Holding(
                                        row.getObject("id", UUID.class),
                                        row.getObject("project_id", UUID.class),
                                        row.getInt("vintage"),
                                        UnitClass.valueOf(row.getString("unit_class")),
                                        new Co2e(row.getLong("available")),
                                        new Co2e(row.getLong("reserved"))))
                        .list(),
                jdbc.sql(MONEY)
                        .param("account", account)
                        .query((row, _) ->
                                new Cash(
                                        Money.of(
                                                row.getLong("available"),
                                                row.getString("currency")),
                                        Money.of(
                                                row.getLong("reserved"),
                                                row.getString("currency"))))
                        .list());
    }

    record Holdings(String account, List<Holding> credits, List<Cash> money) {}

    /// @param reserved offered or otherwise on hold
    record Holding(
            UUID block,
            UUID project,
            int vintage,
            UnitClass unitClass,
            Co2e available,
            Co2e reserved) {}

    record Cash(Money available, Money reserved) {}
}
