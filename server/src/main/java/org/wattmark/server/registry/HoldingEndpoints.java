package org.wattmark.server.registry;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.wattmark.server.paging.Page;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.verification.UnitClass;

/// What your organisation has, and the transfers that made it so.
@RestController
@Tag(name = "Holdings")
class HoldingEndpoints {

    /// What a hold reserves lies in the account beside the holder's.
    private static final String HOLDINGS =
            """
            select credit_block.id, credit_block.project_id, credit_block.vintage,
                credit_block.unit_class,
                coalesce(sum(balance.amount) filter (where balance.account = :account), 0)
                    as available,
                coalesce(sum(balance.amount) filter (where balance.account <> :account), 0)
                    as reserved
            from balance join credit_block
                on credit_block.id::text
                    = substring(balance.asset from position(':' in balance.asset) + 1)
            where balance.account in (:account, :account || '/reserved')
                and balance.asset ~ '^(test)?credit:' and balance.amount > 0
            group by credit_block.id
            order by credit_block.id
            """;

    private static final String MONEY =
            """
            select substring(asset from position(':' in asset) + 1) as currency,
                coalesce(sum(amount) filter (where account = :account), 0) as available,
                coalesce(sum(amount) filter (where account <> :account), 0) as reserved
            from balance
            where account in (:account, :account || '/reserved') and asset ~ '^(test)?money:'
            group by asset order by asset
            """;

    private static final String TRANSFERS =
            """
            select transfer.sequence, journal.at, transfer.debit, transfer.credit, transfer.asset,
                transfer.amount, transfer.role
            from transfer join journal on journal.sequence = transfer.sequence
            where (debit = :account or credit = :account) and transfer.sequence > :after
            order by transfer.sequence limit :limit
            """;

    private final JdbcClient jdbc;
    private final Organisations organisations;

    HoldingEndpoints(JdbcClient jdbc, Organisations organisations) {
        this.jdbc = jdbc;
        this.organisations = organisations;
    }

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

    /// Every transfer of your organisation's account, in the order of the journal.
    @GetMapping("/api/v1/transfers")
    Page<TransferView> transfers(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc.sql(TRANSFERS)
                        .param("account", organisations.accountOf(actor).value())
                        .param("after", page.afterSequence())
                        .param("limit", page.fetch())
                        .query((row, _) ->
                                new TransferView(
                                        row.getLong("sequence"),
                                        row.getTimestamp("at").toInstant(),
                                        row.getString("debit"),
                                        row.getString("credit"),
                                        row.getString("asset"),
                                        row.getLong("amount"),
                                        row.getString("role")))
                        .list(),
                each -> String.valueOf(each.sequence()));
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

    /// @param amount in the asset's base unit: grams of credits, minor units of money
    record TransferView(
            long sequence,
            Instant at,
            String debit,
            String credit,
            String asset,
            long amount,
            String role) {}
}
