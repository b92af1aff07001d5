package org.wattmark.rewards;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.Transfer;
import org.wattmark.metering.Coverage;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Intake;
import org.wattmark.units.Energy;
import org.wattmark.units.Period;

/// What devices earn: they join a programme, their accepted intervals are rewarded once each, and
/// their owners are paid. A reward allocates nothing of an interval and is never a claim.
///
/// A civil day is that of the device's site, and an interval belongs to the day in which it starts.
public final class Rewards implements Machine {

    private final Staging staging;
    private final Ledger ledger;
    private final Programmes programmes;
    private final StagedMap<Enrolment.Key, Enrolment> enrolments;
    private final StagedMap<RewardDay.Key, RewardDay> days;
    private final StagedMap<RewardedIntervalKey, Energy> corrections;
    private final StagedMap<OwnerKey, Long> debts;

    public Rewards(Staging staging, Ledger ledger, Programmes programmes) {
        this.staging = staging;
        this.ledger = ledger;
        this.programmes = programmes;
        this.enrolments = staging.map("reward_device");
        this.days = staging.map("reward_day");
        this.corrections = staging.map("reward_correction");
        this.debts = staging.map("reward_debt");
        staging.add(this);
    }

    public Optional<Enrolment> enrolment(UUID programme, DeviceId device) {
        return Optional.ofNullable(enrolments.get(new Enrolment.Key(programme, device)));
    }

    /// A programme that has rewarded some of this time of a device, if there is one. It looks at
    /// all devices that joined, so it is for rare questions.
    public Optional<UUID> rewardOn(DeviceId device, Coverage time) {
        return enrolments.values().stream()
                .filter(each -> each.device().equals(device) && each.rewarded().overlaps(time))
                .map(Enrolment::programme)
                .sorted()
                .findFirst();
    }

    public Optional<RewardDay> day(UUID programme, DeviceId device, LocalDate day) {
        return Optional.ofNullable(days.get(new RewardDay.Key(programme, device, day)));
    }

    /// What an owner owes a pool for rewards that were corrected, in micro-units.
    public long debt(UUID programme, UUID owner) {
        return debts.getOrDefault(new OwnerKey(programme, owner), 0L);
    }

    /// Lets a device earn from the civil day on in which it joins.
    public Joining enrol(EnrolDevice command) {
        var running = programmes.running(command.programme()).orElse(null);
        if (running == null) {
            return new Joining.Refused(Joining.Reason.PROGRAMME_UNKNOWN);
        }
        var programme = running.programme();
        var device = command.device();
        var today = LocalDate.ofInstant(staging.now(), device.site().zone());
        var from = today.isBefore(programme.genesis()) ? programme.genesis() : today;
        var obstacle = obstacleTo(command, programme, from);
        if (obstacle.isPresent()) {
            return new Joining.Refused(obstacle.get());
        }
        ledger.open(new Account(command.account(), Account.Kind.HOLDER));
        var enrolment =
                Enrolment.joining(
                        programme.id(),
                        device.id(),
                        device.owner(),
                        device.site().zone(),
                        device.tier(),
                        running.devices() + 1,
                        from);
        var receipt = staging.record(new DeviceEnrolled(enrolment)).receipt();
        return new Joining.Joined(
                programme.id(), device.id(), enrolment.rank(), enrolment.from(), receipt);
    }

    private Optional<Joining.Reason> obstacleTo(
            EnrolDevice command, Programme programme, LocalDate from) {
        var device = command.device();
        if (!command.account().equals(programme.holder(device.owner()))) {
            return Optional.of(Joining.Reason.NOT_THE_OWNERS_ACCOUNT);
        }
        if (device.simulated() && !programme.test()) {
            return Optional.of(Joining.Reason.SIMULATED_DEVICE);
        }
        if (!device.site().country().equals(programme.region().country())) {
            return Optional.of(Joining.Reason.DEVICE_IN_ANOTHER_COUNTRY);
        }
        var terms = programmes.terms(programme.id(), from).orElseThrow();
        if (device.tier().compareTo(terms.lowestTier()) < 0) {
            return Optional.of(Joining.Reason.TIER_TOO_LOW);
        }
        return enrolments.containsKey(new Enrolment.Key(programme.id(), device.id()))
                ? Optional.of(Joining.Reason.ALREADY_JOINED)
                : Optional.empty();
    }

    /// Rewards intervals of one device and civil day, once each, as far as the pool lasts.
    public Accrual accrue(AccrueRewards command) {
        var programme = programmes.programme(command.programme()).orElse(null);
        if (programme == null) {
            return new Accrual.Refused(Accrual.Reason.PROGRAMME_UNKNOWN);
        }
        var enrolment = enrolment(programme.id(), command.device()).orElse(null);
        if (enrolment == null) {
            return new Accrual.Refused(Accrual.Reason.DEVICE_NOT_JOINED);
        }
        var day = dayOf(enrolment, command.intervals());
        var fresh =
                command.intervals().stream()
                        .filter(each -> !enrolment.rewarded().overlaps(each.period()))
                        .toList();
        var obstacle = obstacleTo(command, enrolment, day, fresh);
        if (obstacle.isPresent()) {
            return new Accrual.Refused(obstacle.get());
        }
        var before = dayBefore(programme, enrolment, day);
        if (before.isEmpty()) {
            return new Accrual.Refused(Accrual.Reason.NO_TARIFF);
        }
        return accrue(command.id(), programme, enrolment, before.get(), fresh);
    }

    private Optional<Accrual.Reason> obstacleTo(
            AccrueRewards command,
            Enrolment enrolment,
            LocalDate day,
            List<MeteredInterval> fresh) {
        if (day.isBefore(enrolment.from())) {
            return Optional.of(Accrual.Reason.BEFORE_IT_JOINED);
        }
        var latest = staging.now().plus(Intake.CLOCK_TOLERANCE);
        if (command.intervals().getLast().period().end().isAfter(latest)) {
            return Optional.of(Accrual.Reason.IN_THE_FUTURE);
        }
        if (fresh.isEmpty()) {
            return Optional.of(Accrual.Reason.ALREADY_REWARDED);
        }
        var terms = programmes.terms(enrolment.programme(), day).orElseThrow();
        return enrolment.tier().compareTo(terms.lowestTier()) < 0
                ? Optional.of(Accrual.Reason.TIER_TOO_LOW)
                : Optional.empty();
    }

    /// The server asks day by day; anything else is a bug of ours.
    private static LocalDate dayOf(Enrolment enrolment, List<MeteredInterval> intervals) {
        var days =
                intervals.stream().map(each -> dayOf(enrolment, each.period())).distinct().toList();
        if (days.size() != 1) {
            throw new IllegalArgumentException("intervals of several civil days: " + days);
        }
        return days.getFirst();
    }

    private static LocalDate dayOf(Enrolment enrolment, Period interval) {
        return LocalDate.ofInstant(interval.start(), enrolment.zone());
    }

    /// The day as it stands, or as it begins; empty if there is no tariff to begin it with.
    private Optional<RewardDay> dayBefore(Programme programme, Enrolment enrolment, LocalDate day) {
        return day(programme.id(), enrolment.device(), day)
                .or(() ->
                        programmes
                                .tariff(programme, day)
                                .map(tariff -> {
                                    var terms = programmes.terms(programme.id(), day).orElseThrow();
                                    var rate = terms.rate(programme, enrolment.rank(), day);
                                    return RewardDay.beginning(
                                            enrolment, day, tariff, rate, terms.dailyCap());
                                }));
    }

    private Accrual accrue(
            UUID command,
            Programme programme,
            Enrolment enrolment,
            RewardDay before,
            List<MeteredInterval> fresh) {
        long debt = debt(programme.id(), enrolment.owner());
        long left = saturated(programmes.pool(programme), debt);
        var reckoning = new Reckoning(before, enrolment.carry(), left).plus(fresh);
        long earned = reckoning.microUnits();
        long offset = Math.min(debt, earned);
        if (earned > offset && !pays(command, programme, enrolment, earned - offset)) {
            return new Accrual.Refused(Accrual.Reason.STANDS_STILL);
        }
        var fact =
                new RewardsAccrued(
                        command,
                        programme.id(),
                        enrolment.device(),
                        before.day(),
                        before.tariff(),
                        before.rate(),
                        offset,
                        reckoning.intervals());
        var receipt = staging.record(fact).receipt();
        var currency = programme.currency();
        return new Accrual.Accrued(
                reckoning.day(),
                new MicroMoney(earned, currency),
                new MicroMoney(offset, currency),
                receipt);
    }

    /// Both are at most 2^63 − 1, and nothing earns more than that.
    private static long saturated(long pool, long debt) {
        return pool > Long.MAX_VALUE - debt ? Long.MAX_VALUE : pool + debt;
    }

    private boolean pays(UUID command, Programme programme, Enrolment enrolment, long amount) {
        var holder = programme.holder(enrolment.owner());
        return ledger.post(
                        Transfer.numbered(
                                command,
                                0,
                                programme.pool().id(),
                                holder,
                                programme.asset(),
                                amount))
                instanceof Posting.Posted;
    }

    /// Takes back what an interval earned by energy that it did not have.
    public Correction correct(CorrectReward command) {
        var programme = programmes.programme(command.programme()).orElse(null);
        if (programme == null) {
            return new Correction.Refused(Correction.Reason.PROGRAMME_UNKNOWN);
        }
        var enrolment = enrolment(programme.id(), command.device()).orElse(null);
        if (enrolment == null) {
            return new Correction.Refused(Correction.Reason.DEVICE_NOT_JOINED);
        }
        if (!enrolment.rewarded().contains(command.interval())) {
            return new Correction.Refused(Correction.Reason.NOT_REWARDED);
        }
        var key =
                new RewardedIntervalKey(
                        programme.id(), enrolment.device(), command.interval().start());
        var counted = corrections.getOrDefault(key, command.counted());
        if (command.corrected().compareTo(counted) >= 0) {
            return new Correction.Refused(Correction.Reason.NOT_LOWER);
        }
        return correct(command, programme, enrolment, counted);
    }

    private Correction correct(
            CorrectReward command, Programme programme, Enrolment enrolment, Energy counted) {
        var before = known(enrolment, dayOf(enrolment, command.interval()));
        var after = before.less(counted.minus(command.corrected()));
        long back = back(enrolment, before, after);
        long taken = take(command.id(), programme, enrolment, back);
        var fact =
                new RewardCorrected(
                        command.id(),
                        programme.id(),
                        enrolment.device(),
                        before.day(),
                        command.interval(),
                        counted,
                        command.corrected(),
                        back,
                        taken);
        var receipt = staging.record(fact).receipt();
        var currency = programme.currency();
        return new Correction.Corrected(
                after, new MicroMoney(back, currency), new MicroMoney(taken, currency), receipt);
    }

    private RewardDay known(Enrolment enrolment, LocalDate day) {
        return day(enrolment.programme(), enrolment.device(), day)
                .orElseThrow(() -> new IllegalStateException("nothing is rewarded on " + day));
    }

    /// In whole micro-units. It rounds up, and what is taken too much is carried to the next
    /// reward: exactly the way that it was earned, backwards.
    private static long back(Enrolment enrolment, RewardDay before, RewardDay after) {
        var rest = restAfter(enrolment, before, after);
        return rest.setScale(0, RoundingMode.FLOOR).negate().longValueExact();
    }

    /// What was carried, less what was granted too much: at most what is carried.
    private static BigDecimal restAfter(Enrolment enrolment, RewardDay before, RewardDay after) {
        return enrolment.carry().subtract(before.granted().subtract(after.granted()));
    }

    /// Takes what the owner still has free. What was paid out or staked, or stands still, is owed.
    private long take(UUID command, Programme programme, Enrolment enrolment, long back) {
        var holder = programme.holder(enrolment.owner());
        long amount = Math.min(back, ledger.balance(holder, programme.asset()));
        if (amount == 0) {
            return 0;
        }
        var transfer =
                Transfer.numbered(
                        command, 0, holder, programme.pool().id(), programme.asset(), amount);
        return ledger.post(transfer) instanceof Posting.Posted ? amount : 0;
    }

    /// Pays an owner what is free, in whole minor units, if it reaches the threshold.
    public Payment payOut(PayOut command) {
        var programme = programmes.programme(command.programme()).orElse(null);
        if (programme == null) {
            return new Payment.Refused(Payment.Reason.PROGRAMME_UNKNOWN);
        }
        var holder = programme.holder(command.owner());
        long free = ledger.balance(holder, programme.asset());
        long payable = free - debt(programme.id(), command.owner());
        if (payable < threshold(programme)) {
            return new Payment.Refused(Payment.Reason.BELOW_THRESHOLD);
        }
        var money = new MicroMoney(payable, programme.currency()).wholeMinorUnits();
        var payout =
                new Payout(
                        command.id(),
                        programme.id(),
                        holder,
                        MicroMoney.of(money).microUnits(),
                        money,
                        staging.now());
        return switch (ledger.post(transfers(payout, programme))) {
            case Posting.Posted _ ->
                    new Payment.Paid(payout, staging.record(new RewardsPaid(payout)).receipt());
            case Posting.Rejected(var _, var reason) ->
                    new Payment.Refused(
                            reason == Posting.Reason.BALANCE_WOULD_OVERFLOW
                                    ? Payment.Reason.TOO_MUCH_MONEY
                                    : Payment.Reason.STANDS_STILL);
        };
    }

    /// Of the terms of today, or of its first day if the programme has not begun.
    private long threshold(Programme programme) {
        var today = LocalDate.ofInstant(staging.now(), ZoneOffset.UTC);
        var day = today.isBefore(programme.genesis()) ? programme.genesis() : today;
        return programmes.terms(programme.id(), day).orElseThrow().payoutThresholdMicros();
    }

    private static List<Transfer> transfers(Payout payout, Programme programme) {
        return List.of(
                Transfer.numbered(
                        payout.id(),
                        0,
                        payout.account(),
                        programme.paid().id(),
                        programme.asset(),
                        payout.microUnits()),
                Transfer.numbered(
                        payout.id(),
                        1,
                        programme.fund().id(),
                        payout.account(),
                        programme.money(),
                        payout.money().minorUnits()));
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case DeviceEnrolled(var enrolment) -> enrolments.put(enrolment.key(), enrolment);
            case RewardsAccrued accrued -> apply(accrued);
            case RewardCorrected corrected -> apply(corrected);
            case RewardsPaid(var payout) -> staging.write(payout);
            default -> {}
        }
    }

    /// Reckons again: a fact that says another amount than the rules give is refused, whether it
    /// was recorded just now or stands in a journal.
    private void apply(RewardsAccrued accrued) {
        var programme = programmes.programme(accrued.programme()).orElseThrow();
        var enrolment = enrolment(programme.id(), accrued.device()).orElseThrow();
        var before = dayBefore(programme, enrolment, accrued.day()).orElseThrow();
        long debt = debt(programme.id(), enrolment.owner());
        // The transfer stands before this fact, so the pool has paid already.
        long pool = Math.addExact(programmes.pool(programme), accrued.transferred());
        var metered =
                accrued.intervals().stream()
                        .map(each -> new MeteredInterval(each.period(), each.metered()))
                        .toList();
        var reckoning =
                new Reckoning(before, enrolment.carry(), saturated(pool, debt)).plus(metered);
        require(
                before.tariff().equals(accrued.tariff())
                        && before.rate().equals(accrued.rate())
                        && reckoning.intervals().equals(accrued.intervals())
                        && accrued.offset() == Math.min(debt, reckoning.microUnits()),
                accrued);
        var covered = Coverage.of(metered.stream().map(MeteredInterval::period).toList());
        require(!enrolment.rewarded().overlaps(covered), accrued);
        days.put(before.key(), reckoning.day());
        enrolments.put(enrolment.key(), enrolment.with(covered, reckoning.carry()));
        owe(programme, enrolment, debt - accrued.offset());
        accrued.intervals()
                .forEach(each ->
                        staging.write(
                                new Reward(
                                        accrued.accrual(),
                                        programme.id(),
                                        enrolment.device(),
                                        each)));
    }

    private void apply(RewardCorrected corrected) {
        var programme = programmes.programme(corrected.programme()).orElseThrow();
        var enrolment = enrolment(programme.id(), corrected.device()).orElseThrow();
        var before = known(enrolment, corrected.day());
        var after = before.less(corrected.counted().minus(corrected.corrected()));
        require(
                back(enrolment, before, after) == corrected.back()
                        && corrections
                                .getOrDefault(corrected.key(), corrected.counted())
                                .equals(corrected.counted()),
                corrected);
        days.put(after.key(), after);
        var rest = restAfter(enrolment, before, after);
        var carry = rest.subtract(rest.setScale(0, RoundingMode.FLOOR));
        enrolments.put(enrolment.key(), enrolment.with(Coverage.NONE, carry));
        corrections.put(corrected.key(), corrected.corrected());
        long debt = debt(programme.id(), enrolment.owner());
        owe(programme, enrolment, Math.addExact(debt, corrected.back() - corrected.taken()));
    }

    private void owe(Programme programme, Enrolment enrolment, long debt) {
        var key = new OwnerKey(programme.id(), enrolment.owner());
        if (debt == 0) {
            debts.remove(key);
        } else {
            debts.put(key, debt);
        }
    }

    private static void require(boolean follows, Object fact) {
        if (!follows) {
            throw new IllegalStateException("the rules of rewards give another: " + fact);
        }
    }
}
