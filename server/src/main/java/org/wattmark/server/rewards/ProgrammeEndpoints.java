package org.wattmark.server.rewards;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.List;
import java.util.Optional;
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
import org.wattmark.ledger.Receipt;
import org.wattmark.ledger.Sequencer;
import org.wattmark.rewards.FundPool;
import org.wattmark.rewards.Funding;
import org.wattmark.rewards.MicroMoney;
import org.wattmark.rewards.Programme;
import org.wattmark.rewards.RunningProgramme;
import org.wattmark.rewards.SeedTariff;
import org.wattmark.rewards.StakingRules;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.market.MoneyBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.rewards.RewardBodies.ProgrammeView;
import org.wattmark.server.rewards.RewardBodies.TariffView;
import org.wattmark.server.rewards.RewardBodies.TermsBody;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Reward programmes, their pools, and the tariffs that they follow, for everybody to see.
@RestController
@Tag(name = "Reward programmes")
class ProgrammeEndpoints {

    private static final String POOL =
            """
            select coalesce(sum(amount), 0) from account, balances_of(account.number)
            join asset on asset.number = balances_of.asset
            where account.id = :account and asset.code = :asset
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final StakingRules staking;

    ProgrammeEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            StakingRules staking) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.staking = staking;
    }

    /// The reward programmes and the terms that hold.
    @GetMapping("/api/v1/public/reward-programmes")
    Page<ProgrammeView> programmes(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(ProgrammeTable.SELECT + " where id > :after order by id limit :limit")
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> ProgrammeTable.running(row))
                        .list()
                        .stream()
                        .map(ProgrammeView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// A programme with all versions of its terms, and what its pool has left.
    @GetMapping("/api/v1/public/reward-programmes/{id}")
    ResponseEntity<?> programme(@PathVariable UUID id) {
        return find(id).<ResponseEntity<?>>map(running -> ResponseEntity.ok(whole(running)))
                .orElseGet(() -> RewardRefusals.programmeUnknown(id).answer());
    }

    private Optional<RunningProgramme> find(UUID id) {
        return jdbc.sql(ProgrammeTable.SELECT + " where id = :id")
                .param("id", id)
                .query((row, _) -> ProgrammeTable.running(row))
                .optional();
    }

    private WholeProgramme whole(RunningProgramme running) {
        var programme = running.programme();
        return new WholeProgramme(
                ProgrammeView.of(running),
                jdbc.sql("select * from reward_terms where programme_id = :id order by version")
                        .param("id", programme.id())
                        .query((row, _) -> TermsBody.of(TermsTable.terms(row)))
                        .list(),
                new MicroMoney(pool(programme), programme.currency()));
    }

    private long pool(Programme programme) {
        return jdbc.sql(POOL)
                .param("account", programme.pool().id().value())
                .param("asset", programme.asset().code())
                .query(Long.class)
                .single();
    }

    /// Puts money of your own aside for a programme. It does not come back.
    @PostMapping("/api/v1/reward-programmes/{id}/fundings")
    ResponseEntity<?> fund(
            @PathVariable("id") UUID programme,
            @RequestBody FundingBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var money = body.amount().at("/amount");
        var command =
                RewardBodies.at(
                        "/amount/minor_units",
                        () ->
                                new FundPool(
                                        ChosenId.of(body.id(), key, actor),
                                        organisations.accountOf(actor),
                                        programme,
                                        money));
        return switch (sequencer.apply(command)) {
            case Funding.Funded(var added, var pool, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new Funded(command.id(), programme, added, pool, receipt));
            case Funding.Refused(var reason) -> RewardRefusals.of(reason);
        };
    }

    /// The tariffs that apply, by region, currency and day.
    @GetMapping("/api/v1/public/tariffs")
    Page<TariffView> tariffs(
            @RequestParam(required = false) @Nullable String region,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                """
                                select * from reward_tariff
                                where region || ' ' || currency || ' ' || from_day > :after
                                    and (cast(:region as text) is null or region = :region)
                                order by region || ' ' || currency || ' ' || from_day limit :limit
                                """)
                        .param("after", page.after("", place -> place))
                        .param("region", region)
                        .param("limit", page.fetch())
                        .query((row, _) -> TariffTable.tariff(row))
                        .list()
                        .stream()
                        .map(TariffView::of)
                        .toList(),
                view -> view.region() + " " + view.currency() + " " + view.from());
    }

    /// Published prices that come with Wattmark, to propose tariffs from. None applies by itself.
    @GetMapping("/api/v1/tariff-seeds")
    Seeds seeds(Actor actor) {
        actor.require(Role.OPERATOR);
        return new Seeds(SeedTariff.shipped().stream().map(Seed::of).toList());
    }

    /// The rules by which stakes share in fees.
    @GetMapping("/api/v1/public/staking-rules")
    StakingRules stakingRules() {
        return staking;
    }

    /// @param terms all versions, the first first
    /// @param pool what can still be earned
    record WholeProgramme(ProgrammeView programme, List<TermsBody> terms, MicroMoney pool) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record FundingBody(@Nullable UUID id, MoneyBody amount) {}

    record Funded(UUID id, UUID programme, MicroMoney added, MicroMoney pool, Receipt receipt) {}

    record Seeds(List<Seed> data) {}

    record Seed(
            String region, String currency, String perKilowattHour, String from, String source) {

        static Seed of(SeedTariff seed) {
            return new Seed(
                    seed.region().code(),
                    seed.currency().getCurrencyCode(),
                    seed.perKilowattHour().toPlainString(),
                    seed.from().toString(),
                    seed.source());
        }
    }
}
