package org.wattmark.server.rewards;

import io.swagger.v3.oas.annotations.tags.Tag;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
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
import org.wattmark.metering.DeviceId;
import org.wattmark.rewards.EnrolDevice;
import org.wattmark.rewards.Joining;
import org.wattmark.rewards.MicroMoney;
import org.wattmark.rewards.PayOut;
import org.wattmark.rewards.Payment;
import org.wattmark.rewards.Payout;
import org.wattmark.rewards.RewardedInterval;
import org.wattmark.server.ids.ChosenId;
import org.wattmark.server.metering.BondedDevices;
import org.wattmark.server.paging.Page;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.registry.Organisations;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;
import org.wattmark.units.Money;

/// What devices earn, and how their owners are paid.
@RestController
@Tag(name = "Rewards")
class RewardEndpoints {

    /// What an owner has in each programme that one of its devices has joined.
    private static final String BALANCES =
            """
            with has as (
                select asset.code,
                    coalesce(sum(amount) filter (where account.id = :account), 0) as free,
                    coalesce(sum(amount) filter (where account.id <> :account), 0) as locked
                from account, balances_of(account.number)
                join asset on asset.number = balances_of.asset
                where account.id in (:account, :account || '/reserved')
                    and asset.code ~ '^(test)?reward:'
                group by asset.code
            )
            select reward_programme.id, name, currency, coalesce(free, 0) as free,
                coalesce(locked, 0) as locked, coalesce(micros, 0) as owed
            from reward_programme
            left join has on has.code = case when test then 'test' else '' end || 'reward:'
                || reward_programme.id || '-' || currency
            left join reward_debt on programme_id = reward_programme.id and owner_id = :owner
            where exists (select from reward_device
                where reward_device.programme_id = reward_programme.id and owner_id = :owner)
            order by reward_programme.id
            """;

    private static final String DAYS =
            """
            select reward_day.*, currency from reward_day
            join reward_programme on reward_programme.id = programme_id
            where device_id = :device
                and (day < :day or (day = :day and programme_id > :after))
                and (cast(:programme as uuid) is null or programme_id = :programme)
            order by day desc, programme_id limit :limit
            """;

    private static final String INTERVALS =
            """
            select reward.*, currency, reward_correction.metered_wh as corrected_wh from reward
            join reward_programme on reward_programme.id = reward.programme_id
            left join reward_correction using (programme_id, device_id, start_at)
            where device_id = :device and programme_id = :programme and start_at > :after
            order by start_at limit :limit
            """;

    private final Sequencer sequencer;
    private final JdbcClient jdbc;
    private final Organisations organisations;
    private final BondedDevices devices;

    RewardEndpoints(
            Sequencer sequencer,
            JdbcClient jdbc,
            Organisations organisations,
            BondedDevices devices) {
        this.sequencer = sequencer;
        this.jdbc = jdbc;
        this.organisations = organisations;
        this.devices = devices;
    }

    /// Lets one of your devices earn, from the civil day of its site on that it is now.
    @PostMapping("/api/v1/reward-programmes/{id}/devices")
    ResponseEntity<?> enrol(
            @PathVariable("id") UUID programme,
            @RequestBody EnrolmentBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        actor.require(Role.PROPONENT);
        requireOwn(body.device(), actor);
        var device = devices.find(new DeviceId(body.device()), actor.organisation());
        var command =
                new EnrolDevice(
                        ChosenId.of(body.id(), key, actor),
                        organisations.accountOf(actor),
                        programme,
                        device.orElseThrow().device());
        return switch (sequencer.apply(command)) {
            case Joining.Joined(var _, var joined, var rank, var from, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(
                                    new Enrolled(
                                            command.id(),
                                            programme,
                                            joined.value(),
                                            rank,
                                            from,
                                            receipt));
            case Joining.Refused(var reason) -> RewardRefusals.of(reason);
        };
    }

    /// Also for a device of somebody else, whose existence is nobody's business.
    private void requireOwn(UUID device, Actor actor) {
        if (devices.find(new DeviceId(device), actor.organisation()).isEmpty()) {
            throw Problem.of(
                            HttpStatus.NOT_FOUND,
                            "device_unknown",
                            "You have no device with the id " + device)
                    .asException();
        }
    }

    /// What your organisation has earned and not been paid, programme by programme.
    @GetMapping("/api/v1/rewards")
    RewardBalances balances(Actor actor) {
        return new RewardBalances(
                jdbc.sql(BALANCES)
                        .param("account", organisations.accountOf(actor).value())
                        .param("owner", actor.organisation())
                        .query((row, _) -> balance(row))
                        .list());
    }

    private static RewardBalance balance(ResultSet row) throws SQLException {
        var currency = Currency.getInstance(row.getString("currency"));
        return new RewardBalance(
                row.getObject("id", UUID.class),
                row.getString("name"),
                new MicroMoney(row.getLong("free"), currency),
                new MicroMoney(row.getLong("locked"), currency),
                new MicroMoney(row.getLong("owed"), currency));
    }

    /// Your device's rewarded days, the latest first.
    @GetMapping("/api/v1/devices/{id}/reward-days")
    Page<RewardDayView> days(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable UUID programme,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        requireOwn(id, actor);
        var page = Page.Request.of(cursor, limit);
        var place = page.after(Place.FIRST, Place::parse);
        var rows =
                jdbc.sql(DAYS)
                        .param("device", id)
                        .param("programme", programme)
                        .param("day", place.day())
                        .param("after", place.programme())
                        .param("limit", page.fetch())
                        .query((row, _) -> dayView(row))
                        .list();
        return page.over(rows, row -> row.day() + " " + row.programme());
    }

    /// Of a day in the list, which goes back in time.
    private record Place(LocalDate day, UUID programme) {

        static final Place FIRST = new Place(LocalDate.of(2200, 1, 1), new UUID(0, 0));

        static Place parse(String text) {
            var parts = text.split(" ", 2);
            return new Place(LocalDate.parse(parts[0]), UUID.fromString(parts[1]));
        }
    }

    private static RewardDayView dayView(ResultSet row) throws SQLException {
        var day = RewardDayTable.day(row);
        return new RewardDayView(
                day.programme(),
                day.day(),
                day.tariff(),
                day.perKilowattHour().toPlainString(),
                day.rate().basisPoints(),
                day.cap().wattHours(),
                day.metered().wattHours(),
                day.rewarded().wattHours(),
                day.granted(),
                Currency.getInstance(row.getString("currency")));
    }

    /// What each interval of your device has earned in a programme, in the order of time.
    @GetMapping("/api/v1/devices/{id}/rewards")
    Page<RewardView> rewards(
            @PathVariable UUID id,
            @RequestParam UUID programme,
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "100") int limit,
            Actor actor) {
        requireOwn(id, actor);
        var page = Page.Request.of(cursor, limit);
        var after = page.after(Instant.EPOCH, Instant::parse);
        var rows =
                jdbc.sql(INTERVALS)
                        .param("device", id)
                        .param("programme", programme)
                        .param("after", Timestamp.from(after))
                        .param("limit", page.fetch())
                        .query((row, _) -> view(row))
                        .list();
        return page.over(rows, row -> row.start().toString());
    }

    private static RewardView view(ResultSet row) throws SQLException {
        var interval = RewardTable.reward(row).interval();
        var currency = Currency.getInstance(row.getString("currency"));
        long corrected = row.getLong("corrected_wh");
        return new RewardView(
                interval.period().start(),
                interval.period().length().toSeconds(),
                interval.metered().wattHours(),
                interval.rewarded().wattHours(),
                new MicroMoney(interval.microUnits(), currency),
                interval.limit(),
                row.wasNull() ? null : corrected);
    }

    /// Pays you what is free in a programme, in whole minor units, if it reaches the threshold.
    @PostMapping("/api/v1/reward-payouts")
    ResponseEntity<?> payOut(
            @RequestBody PayoutBody body,
            @RequestHeader(name = ChosenId.HEADER, required = false) @Nullable String key,
            Actor actor) {
        var command =
                new PayOut(
                        ChosenId.of(body.id(), key, actor), actor.organisation(), body.programme());
        return switch (sequencer.apply(command)) {
            case Payment.Paid(var payout, var receipt) ->
                    ResponseEntity.status(HttpStatus.CREATED)
                            .body(new PaidOut(PayoutView.of(payout), receipt));
            case Payment.Refused(var reason) -> RewardRefusals.of(reason);
        };
    }

    /// What your organisation was paid, in the order of ids.
    @GetMapping("/api/v1/reward-payouts")
    Page<PayoutView> payouts(
            @RequestParam(required = false) @Nullable String cursor,
            @RequestParam(defaultValue = "50") int limit,
            Actor actor) {
        var page = Page.Request.of(cursor, limit);
        return page.over(
                jdbc
                        .sql(
                                """
                                select * from reward_payout where account = :account and id > :after
                                order by id limit :limit
                                """)
                        .param("account", organisations.accountOf(actor).value())
                        .param("after", page.afterId())
                        .param("limit", page.fetch())
                        .query((row, _) -> PayoutTable.payout(row))
                        .list()
                        .stream()
                        .map(PayoutView::of)
                        .toList(),
                view -> view.id().toString());
    }

    /// @param id chosen by the client; or send an `Idempotency-Key`
    /// @param device one of yours
    record EnrolmentBody(@Nullable UUID id, UUID device) {}

    /// @param rank it is the n-th device that joined
    /// @param from the first civil day whose energy is rewarded
    record Enrolled(
            UUID id, UUID programme, UUID device, long rank, LocalDate from, Receipt receipt) {}

    record RewardBalances(List<RewardBalance> data) {}

    /// @param free can be paid out or staked, as far as nothing is owed
    /// @param locked in stakes
    /// @param owed to the pool, for rewards that were corrected after they were paid or staked
    record RewardBalance(
            UUID programme, String name, MicroMoney free, MicroMoney locked, MicroMoney owed) {}

    /// @param perKilowattHour the regional price of that day
    /// @param rateBasisPoints the part of it that is earned
    /// @param grantedMicroUnits exact, before rounding
    record RewardDayView(
            UUID programme,
            LocalDate day,
            UUID tariff,
            String perKilowattHour,
            int rateBasisPoints,
            long capWattHours,
            long meteredWattHours,
            long rewardedWattHours,
            BigDecimal grantedMicroUnits,
            Currency currency) {}

    /// @param limit why it earned less than all of its energy would
    /// @param correctedWattHours what stands of its energy, if it was corrected
    record RewardView(
            Instant start,
            long seconds,
            long meteredWattHours,
            long rewardedWattHours,
            MicroMoney earned,
            RewardedInterval.Limit limit,
            @Nullable Long correctedWattHours) {}

    /// @param id chosen by the client; or send an `Idempotency-Key`
    record PayoutBody(@Nullable UUID id, UUID programme) {}

    record PaidOut(PayoutView payout, Receipt receipt) {}

    record PayoutView(UUID id, UUID programme, MicroMoney rewards, Money paid, Instant at) {

        static PayoutView of(Payout payout) {
            return new PayoutView(
                    payout.id(),
                    payout.programme(),
                    new MicroMoney(payout.microUnits(), payout.money().currency()),
                    payout.money(),
                    payout.at());
        }
    }
}
