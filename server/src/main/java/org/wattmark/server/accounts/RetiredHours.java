package org.wattmark.server.accounts;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.ContractualInstrument;
import org.wattmark.emissions.GridFactors;
import org.wattmark.emissions.HourlyMatch;
import org.wattmark.emissions.InventorySettings;
import org.wattmark.emissions.Region;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;

/// The granular certificates that a firm has retired in its own name, against what its meters say
/// that it took from the grid in the same hours. They stand in its market-based total beside what
/// it declares.
///
/// Nothing ties a meter to a site, so hours are matched within a market: a country.
final class RetiredHours {

    private static final String RETIRED =
            """
            select region, hour_start,
                coalesce(sum(last_serial - first_serial + 1) filter (where own), 0)::bigint as own,
                coalesce(sum(last_serial - first_serial + 1) filter (where not own), 0)::bigint
                    as for_others
            from (
                select granular_certificate.region, hour_start, first_serial, last_serial,
                    lower(trim(beneficiary)) = lower(trim(organisation.name)) as own
                from granular_retirement
                join granular_certificate on granular_certificate.id = certificate_id
                join organisation on organisation.id = :organisation
                where holder = :account and hour_start >= :start and hour_start < :end) as retired
            group by region, hour_start order by region, hour_start
            """;

    private static final String CONSUMED =
            """
            select country, hour, sum(watt_hours)::bigint as watt_hours
            from (
                select country, date_trunc('hour', start_at, 'UTC') as hour,
                    sum(metered_wh) as watt_hours
                from device join interval on interval.device_id = device.id
                where owner_id = :organisation and channel = 'IMPORT'
                    and start_at >= :start and start_at < :end
                group by device.id, country, hour
                having sum(seconds) = 3600) as whole
            group by country, hour
            """;

    private static final String HELD =
            """
            select region, sum(amount)::bigint as watt_hours
            from account, balances_of(account.number)
            join asset on asset.number = balances_of.asset
            join granular_certificate
                on asset.code in ('granular:' || granular_certificate.id,
                    'testgranular:' || granular_certificate.id)
            where account.id in (:account, :account || '/reserved') and amount > 0
                and hour_start >= :start and hour_start < :end
            group by region order by region
            """;

    private final JdbcClient jdbc;
    private final GridFactors grids;

    RetiredHours(JdbcClient jdbc, GridFactors grids) {
        this.jdbc = jdbc;
        this.grids = grids;
    }

    /// Of one market.
    ///
    /// @param forOthers retired in another name than the firm's
    record Market(Region region, HourlyMatch match, Energy forOthers) {}

    /// Markets in which something of the year was retired.
    List<Market> of(UUID organisation, AccountId account, InventorySettings settings) {
        var clean = new TreeMap<String, SortedMap<Instant, Energy>>();
        var forOthers = new TreeMap<String, Energy>();
        within(RETIRED, settings)
                .param("organisation", organisation)
                .param("account", account.value())
                .query(row -> {
                    var region = row.getString("region");
                    clean.computeIfAbsent(region, _ -> new TreeMap<>())
                            .put(
                                    row.getTimestamp("hour_start").toInstant(),
                                    new Energy(row.getLong("own")));
                    forOthers.merge(region, new Energy(row.getLong("for_others")), Energy::plus);
                });
        if (clean.isEmpty()) {
            return List.of();
        }
        var consumed = consumed(organisation, settings);
        var markets = new ArrayList<Market>();
        clean.forEach((code, hours) -> {
            var region = grids.region(code).orElseThrow();
            var match = HourlyMatch.of(consumed.getOrDefault(region, new TreeMap<>()), hours);
            markets.add(new Market(region, match, forOthers.getOrDefault(code, Energy.ZERO)));
        });
        return markets;
    }

    private Map<Region, SortedMap<Instant, Energy>> consumed(
            UUID organisation, InventorySettings settings) {
        var consumed = new HashMap<Region, SortedMap<Instant, Energy>>();
        within(CONSUMED, settings)
                .param("organisation", organisation)
                .query(row -> {
                    var hour = row.getTimestamp("hour").toInstant();
                    var energy = new Energy(row.getLong("watt_hours"));
                    grids.region(row.getString("country"))
                            .ifPresent(region ->
                                    consumed.computeIfAbsent(region, _ -> new TreeMap<>())
                                            .merge(hour, energy, Energy::plus));
                });
        return consumed;
    }

    private JdbcClient.StatementSpec within(String sql, InventorySettings settings) {
        return jdbc.sql(sql)
                .param("start", at(settings.period().start()))
                .param("end", at(settings.period().end()));
    }

    private static Timestamp at(LocalDate day) {
        return Timestamp.from(day.atStartOfDay().toInstant(ZoneOffset.UTC));
    }

    /// What they cover: by the hour where a meter tells, by the year where none does.
    static List<ContractualInstrument> instruments(
            UUID organisation, List<Market> markets, InventorySettings settings) {
        var instruments = new ArrayList<ContractualInstrument>();
        for (var market : markets) {
            add(
                    instruments,
                    market,
                    "granular certificates retired, matched hour by hour",
                    market.match().matched(),
                    id(organisation, market, settings, "hourly"),
                    settings);
            add(
                    instruments,
                    market,
                    "granular certificates retired, matched by the year because no meter tells"
                            + " what was used in their hours",
                    market.match().withoutData(),
                    id(organisation, market, settings, "yearly"),
                    settings);
        }
        return instruments;
    }

    /// Sun and wind emit nothing on the way (GHG Protocol Scope 2 Guidance, table 6.1).
    private static void add(
            List<ContractualInstrument> to,
            Market market,
            String origin,
            Energy energy,
            UUID id,
            InventorySettings settings) {
        if (!energy.isZero()) {
            to.add(
                    new ContractualInstrument(
                            id,
                            ContractualInstrument.Kind.CERTIFICATE,
                            energy,
                            BigDecimal.ZERO,
                            market.region(),
                            settings.factorYear(),
                            Optional.empty(),
                            origin,
                            true));
        }
    }

    private static UUID id(
            UUID organisation, Market market, InventorySettings settings, String how) {
        return Canonical.of("wattmark/retired-hours/v1")
                .id(organisation)
                .text(market.region().code())
                .number(settings.year().getValue())
                .text(how)
                .derivedId();
    }

    /// What counts nowhere, and why.
    List<InventoryView.Unused> unused(
            UUID organisation,
            AccountId account,
            List<Market> markets,
            InventorySettings settings) {
        var unused = new ArrayList<InventoryView.Unused>();
        for (var market : markets) {
            addUnused(
                    unused,
                    id(organisation, market, settings, "beyond"),
                    market.match().beyond(),
                    "Granular certificates of hours in which less was used.");
            addUnused(
                    unused,
                    id(organisation, market, settings, "others"),
                    market.forOthers(),
                    "Granular certificates that were retired in another name than yours.");
        }
        within(HELD, settings)
                .param("account", account.value())
                .query(row -> {
                    var held =
                            new Market(
                                    grids.region(row.getString("region")).orElseThrow(),
                                    HourlyMatch.of(new TreeMap<>(), new TreeMap<>()),
                                    Energy.ZERO);
                    addUnused(
                            unused,
                            id(organisation, held, settings, "held"),
                            new Energy(row.getLong("watt_hours")),
                            "Granular certificates that you hold: retire them in your name, and"
                                    + " they count.");
                });
        return unused;
    }

    private static void addUnused(
            List<InventoryView.Unused> to, UUID id, Energy energy, String why) {
        if (!energy.isZero()) {
            to.add(new InventoryView.Unused(id, Texts.plain(energy.kilowattHours()), why));
        }
    }

    static InventoryView.HourlyView view(Market market) {
        var match = market.match();
        return new InventoryView.HourlyView(
                market.region().code(),
                Texts.plain(match.consumed().kilowattHours()),
                Texts.plain(match.clean().kilowattHours()),
                Texts.plain(match.matched().kilowattHours()),
                Texts.plain(match.withoutData().kilowattHours()),
                Texts.plain(match.beyond().kilowattHours()),
                match.percent().toPlainString());
    }
}
