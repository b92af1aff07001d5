package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.AccountStandingSet;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.AssetFreezeSet;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.MemoryJournal;
import org.wattmark.ledger.NothingChanged;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.StandingChange;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.testing.SettableClock;
import org.wattmark.units.Canonical;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Period;
import org.wattmark.units.Share;

/// Rewards with all that they stand on, as a server runs them: a programme in Germany that pays 20
/// % of 0.3943 EUR, and devices in Berlin.
final class World implements AutoCloseable {

    static final Currency EUR = Currency.getInstance("EUR");
    static final TariffRegion GERMANY = new TariffRegion("DE");
    static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    static final UUID ALICE = id(2);
    static final UUID BOB = id(3);
    static final AccountId ALICES = AccountId.holder(ALICE);
    static final AccountId BOBS = AccountId.holder(BOB);
    static final AccountId SPONSOR = AccountId.holder(id(4));
    static final UUID CLERK = id(31);
    static final UUID SECOND_CLERK = id(32);
    static final FeeAccounts FEES =
            new FeeAccounts(AccountId.system("fees"), AccountId.testSystem("fees"));
    static final LocalDate GENESIS = LocalDate.of(2026, 1, 1);

    /// Where the sponsor's money and the operator's fees come from.
    private static final AccountId BANK = AccountId.system("bank-eur");

    private static final DeviceKey KEY = DeviceSigner.withNewKey().key();

    /// 9 kWh a day, a fifth of the price, no early device, 5 EUR before a payout; the first device
    /// has scaling 1.
    static final Terms TERMS =
            new Terms(
                    GENESIS,
                    Terms.STANDARD_CAP,
                    Share.ofPercent(20),
                    0,
                    10_000,
                    1,
                    5_000_000,
                    AssuranceTier.T1);

    final MemoryJournal journal = new MemoryJournal();
    final SettableClock clock = SettableClock.at("2026-03-01T12:00:00Z");
    final Machines machines = new Machines();
    final Sequencer sequencer;
    private long lastId = 9_000;

    World() {
        sequencer =
                Sequencer.on(journal, machines.staging, clock)
                        .handle(OpenAccounts.class, machines.ledger::open)
                        .handle(PostTransfer.class, machines.ledger::post)
                        .handle(SetStanding.class, machines.ledger::set)
                        .handle(SetFreeze.class, machines.ledger::set)
                        .handle(Propose.class, machines.proposals::propose)
                        .handle(DecideProposal.class, machines.proposals::decide)
                        .handle(FundPool.class, machines.programmes::fund)
                        .handle(EnrolDevice.class, machines.rewards::enrol)
                        .handle(AccrueRewards.class, machines.rewards::accrue)
                        .handle(CorrectReward.class, machines.rewards::correct)
                        .handle(PayOut.class, machines.rewards::payOut)
                        .handle(LockStake.class, machines.stakes::lock)
                        .handle(UnlockStake.class, machines.stakes::unlock)
                        .start();
        apply(
                OpenAccounts.of(
                        new Account(BANK, Account.Kind.SOURCE),
                        new Account(SPONSOR, Account.Kind.HOLDER),
                        new Account(FEES.live(), Account.Kind.HOLDER)));
    }

    /// The state, and what decides on it.
    static final class Machines {

        private int salts;
        final Staging staging = new Staging(this::nextSalt);
        final Ledger ledger = new Ledger(staging);
        final Programmes programmes = new Programmes(staging, ledger);
        final Rewards rewards = new Rewards(staging, ledger, programmes);
        final Stakes stakes =
                new Stakes(staging, ledger, programmes, rewards, StakingRules.STANDARD);
        final Proposals proposals = new Proposals(staging, programmes, stakes, FEES);

        private byte[] nextSalt() {
            return Canonical.of("test/salt").number(++salts).sha256();
        }
    }

    static UUID id(long number) {
        return new UUID(0x0193_0000_0000_7000L, 0x8000_0000_0000_0000L + number);
    }

    UUID nextId() {
        return id(++lastId);
    }

    <O> O apply(Command<O> command) {
        return sequencer.apply(command);
    }

    /// Two persons agree on it.
    UUID givenAgreed(UUID id, Motion motion) {
        assertThat(apply(new Propose(id, CLERK, motion))).isInstanceOf(ProposalStep.Taken.class);
        assertThat(approve(id)).isInstanceOf(ProposalStep.Taken.class);
        return id;
    }

    ProposalStep approve(UUID proposal) {
        return apply(new DecideProposal(nextId(), SECOND_CLERK, proposal, true));
    }

    Programme givenProgramme(Terms terms) {
        return givenProgramme(terms, 365, false);
    }

    Programme givenProgramme(Terms terms, int halvingDays, boolean test) {
        var id = nextId();
        var programme = new Programme(id, "Sun", GERMANY, EUR, test, GENESIS, halvingDays);
        givenAgreed(id, new Motion.BeginProgramme(programme, terms));
        return programme;
    }

    /// A programme on usual terms, with its tariff, and so many cents.
    Programme givenProgramme(long cents) {
        var programme = givenProgramme(TERMS);
        givenTariff("0.3943", GENESIS);
        givenFunded(programme, cents);
        return programme;
    }

    UUID givenTariff(String perKilowattHour, LocalDate from) {
        var id = nextId();
        return givenAgreed(id, new Motion.SetTariff(tariff(id, perKilowattHour, from)));
    }

    static Tariff tariff(UUID id, String perKilowattHour, LocalDate from) {
        return new Tariff(
                id, GERMANY, EUR, new BigDecimal(perKilowattHour), from, "Eurostat nrg_pc_204");
    }

    void givenFunded(Programme programme, long cents) {
        givenMoney(SPONSOR, cents);
        assertThat(fund(programme, cents)).isInstanceOf(Funding.Funded.class);
    }

    Funding fund(Programme programme, long cents) {
        return apply(new FundPool(nextId(), SPONSOR, programme.id(), new Money(cents, EUR)));
    }

    void givenMoney(AccountId account, long cents) {
        var transfer = new Transfer(nextId(), BANK, account, Asset.money(EUR), cents);
        assertThat(apply(PostTransfer.plain(transfer))).isInstanceOf(Posting.Posted.class);
    }

    Device device(UUID owner) {
        return device(owner, BERLIN, AssuranceTier.T2, false);
    }

    Device device(UUID owner, ZoneId zone, AssuranceTier tier, boolean simulated) {
        return new Device(
                new DeviceId(nextId()),
                KEY,
                owner,
                new Site(zone, new BigDecimal("52.5"), new BigDecimal("13.4"), 34, "DE"),
                new Installation(100, Mounting.PORTABLE),
                tier,
                Device.DEFAULT_INTERVAL,
                simulated);
    }

    Joining enrol(Programme programme, Device device) {
        var account = programme.holder(device.owner());
        return apply(new EnrolDevice(nextId(), account, programme.id(), device));
    }

    Device givenJoined(Programme programme, UUID owner) {
        var device = device(owner);
        assertThat(enrol(programme, device)).isInstanceOf(Joining.Joined.class);
        return device;
    }

    /// Rewards intervals after the last of them is over.
    Accrual accrue(Programme programme, Device device, List<MeteredInterval> intervals) {
        var end = intervals.getLast().period().end();
        if (clock.instant().isBefore(end)) {
            clock.set(end);
        }
        return apply(new AccrueRewards(nextId(), programme.id(), device.id(), intervals));
    }

    Accrual accrue(Programme programme, Device device, MeteredInterval... intervals) {
        return accrue(programme, device, List.of(intervals));
    }

    /// A quarter hour.
    static MeteredInterval interval(String start, long wattHours) {
        var period = Period.starting(Instant.parse(start), Duration.ofMinutes(15));
        return new MeteredInterval(period, new Energy(wattHours));
    }

    /// Each hour of a civil day, 23 to 25 of them, with the same energy.
    static List<MeteredInterval> hoursOf(String day, ZoneId zone, long wattHours) {
        var date = LocalDate.parse(day);
        var end = date.plusDays(1).atStartOfDay(zone).toInstant();
        var hours = new ArrayList<MeteredInterval>();
        var start = date.atStartOfDay(zone).toInstant();
        while (start.isBefore(end)) {
            var hour = Period.starting(start, Duration.ofHours(1));
            hours.add(new MeteredInterval(hour, new Energy(wattHours)));
            start = hour.end();
        }
        return hours;
    }

    Correction correct(
            Programme programme, Device device, MeteredInterval interval, long corrected) {
        return apply(
                new CorrectReward(
                        nextId(),
                        programme.id(),
                        device.id(),
                        interval.period(),
                        interval.energy(),
                        new Energy(corrected)));
    }

    Payment payOut(Programme programme, UUID owner) {
        return apply(new PayOut(nextId(), owner, programme.id()));
    }

    Locking lock(Programme programme, UUID owner, long microUnits, int days) {
        return apply(new LockStake(nextId(), owner, programme.id(), microUnits, days));
    }

    Unlocking unlock(UUID owner, Stake stake) {
        return apply(new UnlockStake(nextId(), owner, stake.id()));
    }

    void givenFrozen(AccountId account) {
        set(account, Account.Standing.FROZEN);
    }

    void givenThawed(AccountId account) {
        set(account, Account.Standing.OPEN);
    }

    private void set(AccountId account, Account.Standing standing) {
        assertThat(apply(new SetStanding(nextId(), account, standing)))
                .isInstanceOf(StandingChange.Changed.class);
    }

    void givenFrozen(Asset asset) {
        assertThat(apply(new SetFreeze(nextId(), asset, true)))
                .isInstanceOf(StandingChange.Changed.class);
    }

    /// In micro-units, free.
    long rewards(Programme programme, AccountId account) {
        return machines.ledger.balance(account, programme.asset());
    }

    long locked(Programme programme, AccountId account) {
        return machines.ledger.reserved(account, programme.asset());
    }

    long pool(Programme programme) {
        return machines.programmes.pool(programme);
    }

    /// In cents.
    long money(AccountId account) {
        return machines.ledger.balance(account, Asset.money(EUR));
    }

    RewardDay day(Programme programme, Device device, String day) {
        return machines.rewards
                .day(programme.id(), device.id(), LocalDate.parse(day))
                .orElseThrow();
    }

    Enrolment enrolment(Programme programme, Device device) {
        return machines.rewards.enrolment(programme.id(), device.id()).orElseThrow();
    }

    /// What the machines add up to, once nothing more is decided.
    Map<String, Map<?, ?>> contents() {
        sequencer.close();
        return new HashMap<>(machines.staging.contents());
    }

    /// What new machines add up to that take the journal over from its facts' bytes alone.
    Map<String, Map<?, ?>> replayed() {
        var fresh = new Machines();
        for (var entry : journal.entries()) {
            fresh.staging.replay(
                    new Entry(
                            entry.sequence(),
                            entry.epoch(),
                            entry.at(),
                            readBack(entry.fact().content()),
                            entry.salt()));
        }
        return new HashMap<>(fresh.staging.contents());
    }

    static Fact readBack(byte[] content) {
        try {
            return parse(content);
        } catch (Canonical.Malformed e) {
            throw new AssertionError("cannot be read back", e);
        }
    }

    static Fact parse(byte[] content) throws Canonical.Malformed {
        return switch (Canonical.domainOf(content)) {
            case AccountOpened.DOMAIN -> AccountOpened.of(content);
            case AccountStandingSet.DOMAIN -> AccountStandingSet.of(content);
            case AssetFreezeSet.DOMAIN -> AssetFreezeSet.of(content);
            case TransferPosted.DOMAIN -> TransferPosted.of(content);
            case BatchSealed.DOMAIN -> BatchSealed.of(content);
            case NothingChanged.DOMAIN -> NothingChanged.of(content);
            case TariffSet.DOMAIN -> TariffSet.of(content);
            case ProgrammeBegun.DOMAIN -> ProgrammeBegun.of(content);
            case TermsChanged.DOMAIN -> TermsChanged.of(content);
            case PoolFunded.DOMAIN -> PoolFunded.of(content);
            case ProposalMade.DOMAIN -> ProposalMade.of(content);
            case ProposalDecided.DOMAIN -> ProposalDecided.of(content);
            case DeviceEnrolled.DOMAIN -> DeviceEnrolled.of(content);
            case RewardsAccrued.DOMAIN -> RewardsAccrued.of(content);
            case RewardCorrected.DOMAIN -> RewardCorrected.of(content);
            case RewardsPaid.DOMAIN -> RewardsPaid.of(content);
            case StakeLocked.DOMAIN -> StakeLocked.of(content);
            case StakeUnlocked.DOMAIN -> StakeUnlocked.of(content);
            case FeesShared.DOMAIN -> FeesShared.of(content);
            default -> throw new Canonical.Malformed("nobody reads this");
        };
    }

    @Override
    public void close() {
        sequencer.close();
    }
}
