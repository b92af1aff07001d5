package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wattmark.rewards.World.CLERK;
import static org.wattmark.rewards.World.EUR;
import static org.wattmark.rewards.World.FEES;
import static org.wattmark.rewards.World.GENESIS;
import static org.wattmark.rewards.World.SPONSOR;
import static org.wattmark.rewards.World.TERMS;
import static org.wattmark.rewards.World.tariff;

import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.AccountId;
import org.wattmark.rewards.ProposalStep.Denied;
import org.wattmark.rewards.ProposalStep.Reason;
import org.wattmark.rewards.ProposalStep.Taken;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;

/// What an operator decides takes two persons.
class ProposalsTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aTariffAppliesWhenASecondPersonAgrees() {
        var programme = world.givenProgramme(TERMS);
        var id = world.nextId();
        var day = LocalDate.of(2026, 3, 1);

        propose(id, new Motion.SetTariff(tariff(id, "0.3943", GENESIS)));
        var before = world.machines.programmes.tariff(programme, day);
        var own = world.apply(new DecideProposal(world.nextId(), CLERK, id, true));
        var approved = world.approve(id);

        assertThat(before).isEmpty();
        assertThat(own).isEqualTo(new Denied(Reason.PROPOSER_DECIDES));
        assertThat(approved)
                .isInstanceOfSatisfying(
                        Taken.class,
                        taken -> assertThat(taken.state()).isEqualTo(Proposal.State.APPROVED));
        assertThat(world.machines.programmes.tariff(programme, day)).isPresent();
        assertThat(world.approve(id)).isEqualTo(new Denied(Reason.ALREADY_DECIDED));
    }

    private ProposalStep propose(UUID id, Motion motion) {
        return world.apply(new Propose(id, CLERK, motion));
    }

    @Test
    void whoProposesMayTakeItBack() {
        var programme = world.givenProgramme(TERMS);
        var id = world.nextId();
        propose(id, new Motion.SetTariff(tariff(id, "3.943", GENESIS)));

        var rejected = world.apply(new DecideProposal(world.nextId(), CLERK, id, false));

        assertThat(rejected).isInstanceOf(Taken.class);
        assertThat(world.approve(id)).isEqualTo(new Denied(Reason.ALREADY_DECIDED));
        assertThat(world.machines.programmes.tariff(programme, GENESIS)).isEmpty();
    }

    @Test
    void theTariffOfADayIsTheLastThatBeganAndOfTwoTheOneApprovedLast() {
        var programme = world.givenProgramme(TERMS);
        world.givenTariff("0.3", LocalDate.of(2026, 1, 1));
        world.givenTariff("0.5", LocalDate.of(2026, 7, 1));
        world.givenTariff("0.4", LocalDate.of(2026, 7, 1));

        assertThat(price(programme, 2026, 1, 1)).isEqualTo("0.3");
        assertThat(price(programme, 2026, 6, 30)).isEqualTo("0.3");
        assertThat(price(programme, 2026, 7, 1)).isEqualTo("0.4");
        assertThat(world.machines.programmes.tariff(programme, LocalDate.of(2025, 12, 31)))
                .isEmpty();
    }

    private String price(Programme programme, int year, int month, int day) {
        return world.machines
                .programmes
                .tariff(programme, LocalDate.of(year, month, day))
                .orElseThrow()
                .perKilowattHour()
                .toPlainString();
    }

    @Test
    void otherTermsBeginOnADayThatHasBegunNowhere() {
        var programme = world.givenProgramme(TERMS);

        assertThat(change(programme, LocalDate.of(2026, 3, 2)))
                .isEqualTo(new Denied(Reason.TERMS_NOT_AHEAD));
        assertThat(change(programme, LocalDate.of(2026, 3, 3))).isInstanceOf(Taken.class);
        assertThat(change(programme, LocalDate.of(2026, 3, 3)))
                .isEqualTo(new Denied(Reason.TERMS_NOT_AHEAD));
        assertThat(cap(programme, LocalDate.of(2026, 3, 2))).isEqualTo(new Energy(9_000));
        assertThat(cap(programme, LocalDate.of(2026, 3, 3))).isEqualTo(new Energy(1_000));
    }

    @Test
    void termsThatAreApprovedTooLateAreNotAheadAnyMore() {
        var programme = world.givenProgramme(TERMS);
        var id = world.nextId();
        propose(id, changing(programme, LocalDate.of(2026, 3, 3)));
        world.clock.advance(Duration.ofDays(1));

        assertThat(world.approve(id)).isEqualTo(new Denied(Reason.TERMS_NOT_AHEAD));
    }

    private ProposalStep change(Programme programme, LocalDate from) {
        var id = world.nextId();
        var proposed = propose(id, changing(programme, from));
        return proposed instanceof Taken ? world.approve(id) : proposed;
    }

    static Motion changing(Programme programme, LocalDate from) {
        return new Motion.ChangeTerms(
                programme.id(),
                new Terms(
                        from,
                        new Energy(1_000),
                        TERMS.base(),
                        0,
                        10_000,
                        1,
                        TERMS.payoutThresholdMicros(),
                        TERMS.lowestTier()));
    }

    private Energy cap(Programme programme, LocalDate day) {
        return world.machines.programmes.terms(programme.id(), day).orElseThrow().dailyCap();
    }

    @Test
    void feesFundAPoolWhenTwoAgree() {
        var programme = world.givenProgramme(TERMS);
        world.givenMoney(FEES.live(), 500);

        var tooMuch = fund(programme, 501);
        var funded = fund(programme, 500);

        assertThat(tooMuch).isEqualTo(new Denied(Reason.NOT_ENOUGH_FEES));
        assertThat(funded).isInstanceOf(Taken.class);
        assertThat(world.pool(programme)).isEqualTo(5_000_000);
        assertThat(world.money(FEES.live())).isZero();
    }

    private ProposalStep fund(Programme programme, long cents) {
        var id = world.nextId();
        propose(id, new Motion.FundFromFees(programme.id(), new Money(cents, EUR)));
        return world.approve(id);
    }

    @Test
    void aSponsorFundsAPoolWithItsOwnMoney() {
        var programme = world.givenProgramme(TERMS);
        world.givenMoney(SPONSOR, 300);

        var more = world.fund(programme, 301);
        var funded = world.fund(programme, 300);
        var nobody =
                new FundPool(
                        world.nextId(),
                        AccountId.holder(world.nextId()),
                        programme.id(),
                        new Money(1, EUR));

        assertThat(more).isEqualTo(new Funding.Refused(Funding.Reason.NOT_ENOUGH_MONEY));
        assertThat(funded)
                .isInstanceOfSatisfying(
                        Funding.Funded.class,
                        it -> assertThat(it.pool().microUnits()).isEqualTo(3_000_000));
        assertThat(world.apply(nobody))
                .isEqualTo(new Funding.Refused(Funding.Reason.FUNDER_UNKNOWN));
    }

    @Test
    void whatAMotionNamesIsThere() {
        var programme = world.givenProgramme(TERMS);
        var elsewhere = world.nextId();
        var dollars = Money.of(1, "USD");

        assertThat(propose(world.nextId(), new Motion.ShareFees(elsewhere, dollars)))
                .isEqualTo(new Denied(Reason.PROGRAMME_UNKNOWN));
        assertThat(propose(world.nextId(), new Motion.ChangeTerms(elsewhere, TERMS)))
                .isEqualTo(new Denied(Reason.PROGRAMME_UNKNOWN));
        assertThat(propose(world.nextId(), new Motion.FundFromFees(programme.id(), dollars)))
                .isEqualTo(new Denied(Reason.CURRENCY_DIFFERS));
        assertThat(world.approve(elsewhere)).isEqualTo(new Denied(Reason.PROPOSAL_UNKNOWN));
    }

    @Test
    void anIdStandsForOneStep() {
        var id = world.nextId();
        propose(id, new Motion.SetTariff(tariff(id, "0.3", GENESIS)));

        var other = propose(id, new Motion.SetTariff(tariff(id, "0.4", GENESIS)));

        assertThat(other).isEqualTo(new Denied(Reason.ID_STANDS_FOR_ANOTHER));
    }

    @Test
    void nonsenseIsNotATariffNorAProgramme() {
        var id = world.nextId();

        assertThatIllegalArgumentException().isThrownBy(() -> tariff(id, "0", GENESIS));
        assertThatIllegalArgumentException().isThrownBy(() -> tariff(id, "-0.1", GENESIS));
        assertThatIllegalArgumentException().isThrownBy(() -> tariff(id, "0.1234567", GENESIS));
        assertThatIllegalArgumentException().isThrownBy(() -> new TariffRegion("Germany"));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        propose(world.nextId(), new Motion.SetTariff(tariff(id, "0.1", GENESIS))));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Programme(id, "Sun\n", World.GERMANY, EUR, false, GENESIS, 1));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Programme(id, "Sun", World.GERMANY, EUR, false, GENESIS, 0));
    }

    @Test
    void theShippedTariffsNameTheirSources() {
        var seeds = SeedTariff.shipped();

        assertThat(seeds).hasSize(150);
        assertThat(seeds)
                .filteredOn(seed -> seed.region().code().equals("DE"))
                .filteredOn(seed -> seed.from().equals(LocalDate.of(2024, 7, 1)))
                .singleElement()
                .satisfies(seed -> {
                    assertThat(seed.perKilowattHour()).isEqualTo("0.3943");
                    assertThat(seed.source()).startsWith("Eurostat").contains("nrg_pc_204");
                });
        assertThat(seeds).allSatisfy(seed -> assertThat(seed.toTariff(world.nextId())).isNotNull());
    }
}
