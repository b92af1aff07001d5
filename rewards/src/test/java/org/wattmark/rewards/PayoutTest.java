package org.wattmark.rewards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wattmark.rewards.World.ALICE;
import static org.wattmark.rewards.World.ALICES;
import static org.wattmark.rewards.World.BOB;
import static org.wattmark.rewards.World.EUR;
import static org.wattmark.rewards.World.interval;

import java.util.Currency;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.rewards.Payment.Paid;
import org.wattmark.rewards.Payment.Reason;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

class PayoutTest {

    private final World world = new World();

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void nothingIsPaidBelowTheThresholdAndAllThatIsWholeFromItOn() {
        var programme = givenRoundProgramme(); // 100 micro-euro a Wh, paid from 50,000 on
        var device = world.givenJoined(programme, ALICE);
        world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 499));

        var below = world.payOut(programme, ALICE);
        world.accrue(programme, device, interval("2026-03-02T11:15:00Z", 1));
        var met = world.payOut(programme, ALICE);
        var again = world.payOut(programme, ALICE);

        assertThat(below).isEqualTo(new Payment.Refused(Reason.BELOW_THRESHOLD));
        assertThat(((Paid) met).payout())
                .returns(50_000L, Payout::microUnits)
                .returns(new Money(5, EUR), Payout::money);
        assertThat(again).isEqualTo(new Payment.Refused(Reason.BELOW_THRESHOLD));
        assertThat(world.money(ALICES)).isEqualTo(5);
        assertThat(world.rewards(programme, ALICES)).isZero();
    }

    @Test
    void whatIsLessThanACentStays() {
        var programme = givenRoundProgramme();
        var device = world.givenJoined(programme, ALICE);
        world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 599));

        world.payOut(programme, ALICE);

        assertThat(world.money(ALICES)).isEqualTo(5);
        assertThat(world.rewards(programme, ALICES)).isEqualTo(9_900);
    }

    @Test
    void moneyThatIsPaidWasPutAsideForIt() {
        var programme = givenRoundProgramme();
        var device = world.givenJoined(programme, ALICE);
        long before = world.money(programme.fund().id());
        world.accrue(programme, device, interval("2026-03-02T11:00:00Z", 600));

        world.payOut(programme, ALICE);

        assertThat(before).isEqualTo(1_000_00);
        assertThat(world.money(programme.fund().id())).isEqualTo(1_000_00 - 6);
    }

    @Test
    void whatIsOwedToThePoolIsNotPaidOut() {
        var programme = givenRoundProgramme();
        var device = world.givenJoined(programme, ALICE);
        var interval = interval("2026-03-02T11:00:00Z", 600);
        world.accrue(programme, device, interval);
        world.givenFrozen(ALICES);
        world.correct(programme, device, interval, 0); // nothing can be taken now
        world.givenThawed(ALICES);

        var payment = world.payOut(programme, ALICE);
        var stake = world.lock(programme, ALICE, 1, 90);

        assertThat(payment).isEqualTo(new Payment.Refused(Reason.BELOW_THRESHOLD));
        assertThat(stake).isEqualTo(new Locking.Refused(Locking.Reason.NOT_ENOUGH_REWARDS));
    }

    @Test
    void whoHasNothingOrAsksForNothingKnownIsToldSo() {
        var programme = givenRoundProgramme();

        assertThat(world.payOut(programme, BOB))
                .isEqualTo(new Payment.Refused(Reason.BELOW_THRESHOLD));
        assertThat(world.apply(new PayOut(world.nextId(), BOB, world.nextId())))
                .isEqualTo(new Payment.Refused(Reason.PROGRAMME_UNKNOWN));
    }

    @Test
    void aCentHas10000MicroEuroAndAYenAMillion() {
        var yen = Currency.getInstance("JPY");

        assertThat(MicroMoney.of(new Money(1, EUR)).microUnits()).isEqualTo(10_000);
        assertThat(MicroMoney.of(new Money(1, yen)).microUnits()).isEqualTo(1_000_000);
        assertThat(new MicroMoney(1_999_999, yen).wholeMinorUnits()).isEqualTo(new Money(1, yen));
        assertThat(MicroMoney.canCount(new Money(Long.MAX_VALUE / 10_000, EUR))).isTrue();
        assertThat(MicroMoney.canCount(new Money(Long.MAX_VALUE / 10_000 + 1, EUR))).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new MicroMoney(1, Currency.getInstance("XAU")));
    }

    private Programme givenRoundProgramme() {
        var terms =
                new Terms(
                        World.GENESIS,
                        new Energy(9_000),
                        Share.ofPercent(20),
                        0,
                        10_000,
                        1,
                        50_000,
                        AssuranceTier.T1);
        var programme = world.givenProgramme(terms);
        world.givenTariff("0.5", World.GENESIS);
        world.givenFunded(programme, 1_000_00);
        return programme;
    }
}
