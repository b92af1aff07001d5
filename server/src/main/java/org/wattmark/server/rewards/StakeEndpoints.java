package org.wattmark.server.rewards;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Currency;
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
import org.wattmark.rewards.LockStake;
import org.wattmark.rewards.Locking;
import org.wattmark.rewards.MicroMoney;
import org.wattmark.rewards.Stake;
import org.wattmark.rewards.UnlockStake;
import org.wattmark.rewards.Unlocking;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.market.StepBody;
import org.wattmark.server.paging.Page;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.units.Money;

/// Rewards locked for a term: they earn a part of shared fees and lower trading fees.
@RestController
@Tag(name = "Stakes")
class StakeEndpoints {

    private static final String OWN =
            """
            select reward_stake.*, currency from reward_stake
            join reward_programme on reward_programme.id = programme_id
            where account = :account and reward_stake.id > :after
            order by reward_stake.id limit :limit
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;

    StakeEndpoints(Sequencer sequencer, JdbcClient jdbc, Organisations organisations) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
    }

    /// Locks rewards of yours for a term. They cannot be had back before it is over.
    @PostMapping("/api/v1/stakes")
    ResponseEntity<?> lock(
            @RequestBody StakeBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var command =
                RewardBodies.at(
                        "/micro_units",
                        () ->
                                new LockStake(
                                        ChosenId.of(body.id(), key, actor),
                                        actor.organisation(),
                                        body.programme(),
                                        body.microUnits().longValueExact(),
                                        body.days()));
        return switch (sequencer.apply(command)) {
            case Locking.Locked(var stake, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(
                                    new StakeLocked(
                                            stake.id(),
                                            stake.programme(),
                                            stake.microUnits(),
                                            stake.weightBasisPoints(),
                                            stake.from(),
                                            stake.until(),
                                            receipt));
            case Locking.Refused(var reason) -> RewardRefusals.of(reason);
        };
    }

    /// Gives a stake of yours back whose term is over, with what it earned.
    @PostMapping("/api/v1/stakes/{id}/unlocks")
    ResponseEntity<?> unlock(
            @PathVariable("id") UUID stake,
            @RequestBody(required = false) @Nullable StepBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var command = new UnlockStake(StepBody.id(body, key, actor), actor.organisation(), stake);
        return switch (sequencer.apply(command)) {
            case Unlocking.Unlocked(var unlocked, var earned, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(
                                    new StakeUnlocked(
                                            command.id(),
                                            stake,
                                            unlocked.microUnits(),
                                            earned,
                                            receipt));
            case Unlocking.Refused(var reason) -> RewardRefusals.of(reason);
        };
    }

    /// Your stakes, in the order of ids.
    @GetMapping("/api/v1/stakes")
    Page<StakeView> stakes(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        var rows =
                jdbc.sql(OWN)
                        .param("account", organisations.accountOf(actor).value())
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> view(row))
                        .list();
        return page.over(rows, view -> view.id().toString());
    }

    private static StakeView view(ResultSet row) throws SQLException {
        var stake = StakeTable.stake(row);
        var currency = Currency.getInstance(row.getString("currency"));
        return new StakeView(
                stake.id(),
                stake.programme(),
                new MicroMoney(stake.microUnits(), currency),
                stake.weightBasisPoints(),
                stake.from(),
                stake.until(),
                new Money(stake.earned(), currency),
                stake.state());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param microUnits at least 1
    /// @param days one of the terms of `GET /api/v1/public/staking-rules`
    record StakeBody(@Nullable UUID id, UUID programme, BigInteger microUnits, int days) {}

    /// @param weightBasisPoints of each micro-unit when fees are shared
    /// @param until when it can be unlocked
    record StakeLocked(
            UUID id,
            UUID programme,
            long microUnits,
            int weightBasisPoints,
            Instant from,
            Instant until,
            Receipt receipt) {}

    /// @param earned of shared fees, and paid
    record StakeUnlocked(UUID id, UUID stake, long microUnits, Money earned, Receipt receipt) {}

    /// @param earned of shared fees; it is paid when the stake is unlocked
    record StakeView(
            UUID id,
            UUID programme,
            MicroMoney locked,
            int weightBasisPoints,
            Instant from,
            Instant until,
            Money earned,
            Stake.State state) {}
}
