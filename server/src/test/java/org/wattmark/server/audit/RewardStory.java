package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Device;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceSigner;
import org.wattmark.metering.Installation;
import org.wattmark.metering.Installation.Mounting;
import org.wattmark.metering.Site;
import org.wattmark.rewards.Accrual;
import org.wattmark.rewards.AccrueRewards;
import org.wattmark.rewards.CorrectReward;
import org.wattmark.rewards.Correction;
import org.wattmark.rewards.DecideProposal;
import org.wattmark.rewards.EnrolDevice;
import org.wattmark.rewards.FundPool;
import org.wattmark.rewards.Funding;
import org.wattmark.rewards.Joining;
import org.wattmark.rewards.LockStake;
import org.wattmark.rewards.Locking;
import org.wattmark.rewards.MeteredInterval;
import org.wattmark.rewards.Motion;
import org.wattmark.rewards.PayOut;
import org.wattmark.rewards.Payment;
import org.wattmark.rewards.Programme;
import org.wattmark.rewards.ProposalStep;
import org.wattmark.rewards.Propose;
import org.wattmark.rewards.Tariff;
import org.wattmark.rewards.TariffRegion;
import org.wattmark.rewards.Terms;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Period;
import org.wattmark.units.Share;

/// A part of a history in which something is rewarded: proposals approved and not, a panel above
/// its cap, a stake with its part of the fees, a payout, and a correction that leaves a debt.
final class RewardStory {

    private static final Currency EUR = Currency.getInstance("EUR");
    private static final TariffRegion BRITAIN = new TariffRegion("GB");
    private static final LocalDate GENESIS = LocalDate.of(2026, 1, 1);
    private static final Terms TERMS = terms(GENESIS);

    private final Sequencer sequencer;
    private final UUID cashier = UUID.randomUUID();
    private final UUID controller = UUID.randomUUID();
    private final UUID programme = UUID.randomUUID();

    /// Wherever it is past eleven in the morning, so that two hours of today are over.
    private final ZoneId zone =
            ZoneId.of(now().atOffset(ZoneOffset.UTC).getHour() < 12 ? "Etc/GMT-11" : "Etc/GMT");

    RewardStory(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    void play(UUID owner, AccountId sponsor) {
        givenProgramme();
        fund(sponsor);
        var device = joined(owner);
        var first = hourOfToday(0, 9_500);
        accrue(device, first);
        accrue(device, hourOfToday(1, 100));
        lock(owner);
        agree(UUID.randomUUID(), new Motion.ShareFees(programme, new Money(1, EUR)));
        var payout = new PayOut(UUID.randomUUID(), owner, programme);
        assertThat(sequencer.apply(payout)).isInstanceOf(Payment.Paid.class);
        correct(device, first);
    }

    private void givenProgramme() {
        var tariff = UUID.randomUUID();
        agree(tariff, new Motion.SetTariff(tariff(tariff, "0.2734")));
        var typo = UUID.randomUUID();
        propose(typo, new Motion.SetTariff(tariff(typo, "2.734")));
        decide(typo, false);
        var waiting = UUID.randomUUID();
        propose(waiting, new Motion.SetTariff(tariff(waiting, "0.2735")));
        var begun = new Programme(programme, "Sun", BRITAIN, EUR, false, GENESIS, 1_461);
        agree(programme, new Motion.BeginProgramme(begun, TERMS));
        var later = LocalDate.ofInstant(now(), ZoneOffset.UTC).plusDays(9);
        agree(UUID.randomUUID(), new Motion.ChangeTerms(programme, terms(later)));
    }

    private static Tariff tariff(UUID id, String price) {
        return new Tariff(id, BRITAIN, EUR, new BigDecimal(price), GENESIS, "A bill");
    }

    private static Terms terms(LocalDate from) {
        return new Terms(
                from,
                Terms.STANDARD_CAP,
                Share.ofPercent(20),
                10,
                15_000,
                100,
                10_000,
                AssuranceTier.T1);
    }

    private void agree(UUID id, Motion motion) {
        propose(id, motion);
        decide(id, true);
    }

    private void propose(UUID id, Motion motion) {
        assertThat(sequencer.apply(new Propose(id, cashier, motion)))
                .isInstanceOf(ProposalStep.Taken.class);
    }

    private void decide(UUID proposal, boolean approve) {
        var command = new DecideProposal(UUID.randomUUID(), controller, proposal, approve);
        assertThat(sequencer.apply(command)).isInstanceOf(ProposalStep.Taken.class);
    }

    private void fund(AccountId sponsor) {
        var command = new FundPool(UUID.randomUUID(), sponsor, programme, new Money(100, EUR));
        assertThat(sequencer.apply(command)).isInstanceOf(Funding.Funded.class);
    }

    private Device joined(UUID owner) {
        var device =
                new Device(
                        new DeviceId(UUID.randomUUID()),
                        DeviceSigner.withNewKey().key(),
                        owner,
                        new Site(zone, BigDecimal.ONE, BigDecimal.ONE, 0, "GB"),
                        new Installation(100, Mounting.PORTABLE),
                        AssuranceTier.T2,
                        Duration.ofHours(1),
                        false);
        var account = AccountId.holder(owner);
        var command = new EnrolDevice(UUID.randomUUID(), account, programme, device);
        assertThat(sequencer.apply(command)).isInstanceOf(Joining.Joined.class);
        return device;
    }

    private MeteredInterval hourOfToday(int hour, long wattHours) {
        var start =
                LocalDate.ofInstant(now(), zone)
                        .atStartOfDay(zone)
                        .toInstant()
                        .plus(Duration.ofHours(hour));
        return new MeteredInterval(
                Period.starting(start, Duration.ofHours(1)), new Energy(wattHours));
    }

    private void accrue(Device device, MeteredInterval interval) {
        var command =
                new AccrueRewards(UUID.randomUUID(), programme, device.id(), List.of(interval));
        assertThat(sequencer.apply(command)).isInstanceOf(Accrual.Accrued.class);
    }

    private void lock(UUID owner) {
        var command = new LockStake(UUID.randomUUID(), owner, programme, 100_000, 90);
        assertThat(sequencer.apply(command)).isInstanceOf(Locking.Locked.class);
    }

    /// What is paid and locked cannot be taken back, so most of it is owed.
    private void correct(Device device, MeteredInterval interval) {
        var command =
                new CorrectReward(
                        UUID.randomUUID(),
                        programme,
                        device.id(),
                        interval.period(),
                        interval.energy(),
                        new Energy(3_001));
        assertThat(sequencer.apply(command))
                .isInstanceOfSatisfying(
                        Correction.Corrected.class,
                        corrected ->
                                assertThat(corrected.taken().microUnits())
                                        .isLessThan(corrected.back().microUnits()));
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }
}
