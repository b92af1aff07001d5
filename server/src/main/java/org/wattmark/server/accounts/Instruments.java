package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.BillPeriod;
import org.wattmark.emissions.ContractualInstrument;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.SoldAttribute;
import org.wattmark.units.Bytes;
import org.wattmark.units.Energy;

/// What the market-based total knows: instruments that firms declare, and attributes of their own
/// generation that they sold through Wattmark.
final class Instruments {

    /// Energy of a firm's own devices that its claims took, by claim. A claim that was refused gave
    /// it back.
    private static final String SOLD =
            """
            select claim.id, project.region, sum(interval.allocated_wh)::bigint as watt_hours
            from claim
            join project on project.id = claim.project_id
            join allocation on allocation.claim_id = claim.id and status <> 'RELEASED'
            join interval on interval.device_id = allocation.device_id
                and interval.channel = allocation.channel
                and interval.start_at <@ allocation.during
            where claim.proponent_id = :organisation
                and interval.start_at >= :start and interval.start_at < :end
            group by claim.id, project.region
            having sum(interval.allocated_wh) > 0
            order by claim.id
            """;

    /// What was certified and is not held any more: sold, or used for what was taken from the grid.
    /// Either way the claim has left the meter.
    private static final String CERTIFIED =
            """
            with held as (
                select asset.code, sum(amount) as amount
                from account, balances_of(account.number)
                join asset on asset.number = balances_of.asset
                where account.id in ('holder:' || :organisation, 'test:holder:' || :organisation,
                        'holder:' || :organisation || '/reserved',
                        'test:holder:' || :organisation || '/reserved')
                    and asset.code ~ '^(test)?granular:'
                group by asset.code
            )
            select issuance_id, project.region,
                sum(energy_wh - coalesce(amount, 0))::bigint as watt_hours
            from granular_certificate join project on project.id = granular_certificate.project_id
            left join held on code in ('granular:' || granular_certificate.id,
                'testgranular:' || granular_certificate.id)
            where proponent_id = cast(:organisation as uuid)
                and hour_start >= :start and hour_start < :end
            group by issuance_id, project.region
            having sum(energy_wh - coalesce(amount, 0)) > 0
            order by issuance_id
            """;

    private final JdbcClient jdbc;
    private final GridFactors grids;

    Instruments(JdbcClient jdbc, GridFactors grids) {
        this.jdbc = jdbc;
        this.grids = grids;
    }

    /// @param evidence SHA-256 of a file
    record Declared(ContractualInstrument instrument, Optional<Bytes> evidence) {}

    List<ContractualInstrument> of(UUID organisation) {
        return jdbc.sql(
                        """
                        select * from account_instrument
                        where organisation_id = :organisation and withdrawn_at is null order by id
                        """)
                .param("organisation", organisation)
                .query((row, _) ->
                        new ContractualInstrument(
                                row.getObject("id", UUID.class),
                                ContractualInstrument.Kind.valueOf(row.getString("kind")),
                                new Energy(row.getLong("watt_hours")),
                                canonical(row.getBigDecimal("grams_per_kilowatt_hour")),
                                grids.region(row.getString("region")).orElseThrow(),
                                Year.of(row.getInt("vintage")),
                                Optional.ofNullable(row.getObject("site_id", UUID.class)),
                                row.getString("origin"),
                                false))
                .list();
    }

    static BigDecimal canonical(BigDecimal number) {
        var stripped = number.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }

    /// @return false if the id is taken
    boolean declare(UUID organisation, Declared declared, String by) {
        var each = declared.instrument();
        return jdbc.sql(
                                """
                                insert into account_instrument (id, organisation_id, kind,
                                    watt_hours, grams_per_kilowatt_hour, region, vintage,
                                    site_id, origin, evidence, recorded_by)
                                values (:id, :organisation, :kind, :wh, :grams, :region, :vintage,
                                    :site, :origin, :evidence, :by)
                                on conflict do nothing
                                """)
                        .param("id", each.id())
                        .param("organisation", organisation)
                        .param("kind", each.kind().name())
                        .param("wh", each.energy().wattHours())
                        .param("grams", each.gramsPerKilowattHour())
                        .param("region", each.market().code())
                        .param("vintage", each.vintage().getValue())
                        .param("site", each.site().orElse(null))
                        .param("origin", each.origin())
                        .param("evidence", declared.evidence().map(Bytes::toByteArray).orElse(null))
                        .param("by", by)
                        .update()
                == 1;
    }

    boolean withdraw(UUID organisation, UUID id, String by) {
        return jdbc.sql(
                                """
                                update account_instrument set
                                    withdrawn_at = now(), withdrawn_by = :by
                                where id = :id and organisation_id = :organisation
                                    and withdrawn_at is null
                                """)
                        .param("id", id)
                        .param("organisation", organisation)
                        .param("by", by)
                        .update()
                == 1;
    }

    /// Attributes of energy that the firm made in these days (in UTC) and that its claims took, or
    /// that left it as granular certificates.
    List<SoldAttribute> soldBy(UUID organisation, BillPeriod days) {
        var sold = new ArrayList<SoldAttribute>();
        within(SOLD, days)
                .param("organisation", organisation)
                .query(row -> {
                    sold.add(sold(row, row.getObject("id", UUID.class), "claim "));
                });
        within(CERTIFIED, days)
                .param("organisation", organisation.toString())
                .query(row -> {
                    var id = row.getObject("issuance_id", UUID.class);
                    sold.add(sold(row, id, "granular certificates, issuance "));
                });
        return sold;
    }

    private JdbcClient.StatementSpec within(String sql, BillPeriod days) {
        return jdbc.sql(sql)
                .param("start", days.start().atStartOfDay().atOffset(ZoneOffset.UTC))
                .param("end", days.end().atStartOfDay().atOffset(ZoneOffset.UTC));
    }

    private SoldAttribute sold(ResultSet row, UUID id, String what) throws SQLException {
        return new SoldAttribute(
                id,
                grids.region(row.getString("region")).orElseThrow(),
                Optional.empty(),
                new Energy(row.getLong("watt_hours")),
                what + id);
    }
}
