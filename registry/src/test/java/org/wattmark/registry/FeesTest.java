package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.wattmark.registry.Given.HOLDER;
import static org.wattmark.registry.Given.claim;
import static org.wattmark.registry.Given.id;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Asset;
import org.wattmark.registry.Intervention.ChangeFees;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;

/// What the registry charges, in cents for a tonne.
class FeesTest {

    private static final Asset EUROS = new Asset("money:EUR");

    private final Office office = Office.open();

    @AfterEach
    void close() {
        office.close();
    }

    static FeeSchedule schedule(long issuance, long retirement) {
        return schedule(Instant.EPOCH, issuance, retirement);
    }

    static FeeSchedule schedule(Instant from, long issuance, long retirement) {
        return new FeeSchedule(
                from, new Price(Money.of(issuance, "EUR")), new Price(Money.of(retirement, "EUR")));
    }

    @Test
    void untilAScheduleIsApprovedNothingIsCharged() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));
        var _ = office.propose(id(60), new ChangeFees(schedule(100, 100)));

        var retired = office.retire(id(70), HOLDER, block, Co2e.ofTonnes(1));

        assertThat(retired).isInstanceOf(Retirement.Retired.class);
        assertThat(charged()).isEmpty();
    }

    @Test
    void issuanceAndRetirementAreChargedRoundedDownAndThePaymentMovesWithTheUnits() {
        var first = office.givenIssued(claim(1, UnitClass.LIVE));
        FactsTest.givenMoney(office, 1_000);
        var _ = office.intervene(new ChangeFees(schedule(100, 250)));

        var second = office.givenIssued(claim(2, UnitClass.LIVE));
        var _ = office.retire(id(70), HOLDER, first, new Co2e(1_003_999));

        assertThat(charged())
                .extracting(FeeCharged::kind, FeeCharged::quantity, FeeCharged::amount)
                .containsExactly(
                        // 2.649038 t at 1.00: 2.649…; 1.003999 t at 2.50: 2.5099…
                        tuple(FeeSchedule.Kind.ISSUANCE, second.issued(), Money.of(264, "EUR")),
                        tuple(
                                FeeSchedule.Kind.RETIREMENT,
                                new Co2e(1_003_999),
                                Money.of(250, "EUR")));
        assertThat(office.machines.ledger.balance(HOLDER, EUROS)).isEqualTo(1_000 - 264 - 250);
        assertThat(office.machines.ledger.balance(SystemAccounts.fees(UnitClass.LIVE).id(), EUROS))
                .isEqualTo(264 + 250);
    }

    @Test
    void whoCannotPayNeitherRetiresNorHasUnitsIssued() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));
        FactsTest.givenMoney(office, 99);
        var _ = office.intervene(new ChangeFees(schedule(100, 100)));
        office.givenAssessed(claim(2, UnitClass.LIVE));
        var _ = office.verifyAndApprove(claim(2, UnitClass.LIVE));

        var issued = office.issue(claim(2, UnitClass.LIVE));
        var retired = office.retire(id(70), HOLDER, block, Co2e.ofTonnes(1));

        assertThat(issued).isEqualTo(new Issuance.Refused(Issuance.Reason.NOT_ENOUGH_MONEY));
        assertThat(retired).isEqualTo(new Retirement.Refused(Retirement.Reason.NOT_ENOUGH_MONEY));
        assertThat(office.held(HOLDER, block)).isEqualTo(block.credited());
        assertThat(office.machines.ledger.balance(HOLDER, EUROS)).isEqualTo(99);
    }

    @Test
    void aScheduleAppliesFromItsDayOnAndTheLatestApprovedCounts() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));
        FactsTest.givenMoney(office, 1_000);
        var tomorrow = office.clock.instant().plus(Duration.ofDays(1));
        var _ = office.intervene(new ChangeFees(schedule(0, 100)));
        var _ = office.intervene(new ChangeFees(schedule(tomorrow, 0, 300)));

        var _ = office.retire(id(70), HOLDER, block, Co2e.ofTonnes(1));
        office.clock.advance(Duration.ofDays(1));
        var _ = office.retire(id(71), HOLDER, block, Co2e.ofTonnes(1));

        assertThat(charged())
                .extracting(FeeCharged::amount)
                .containsExactly(Money.of(100, "EUR"), Money.of(300, "EUR"));
        assertThat(charged()).extracting(FeeCharged::version).containsExactly(1, 2);
    }

    private List<FeeCharged> charged() {
        return office.journal.rows().stream()
                .filter(ChargedEntry.class::isInstance)
                .map(row -> ((ChargedEntry) row).fee())
                .toList();
    }
}
