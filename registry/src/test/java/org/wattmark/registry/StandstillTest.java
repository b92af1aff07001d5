package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Given.HOLDER;
import static org.wattmark.registry.Given.claim;
import static org.wattmark.registry.Given.id;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.StandingChange;
import org.wattmark.units.Co2e;
import org.wattmark.verification.UnitClass;

/// Where accounts stand still nothing is issued or retired, and nothing is left half done.
class StandstillTest {

    private final Office office = Office.open();

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void nothingIsIssuedIntoAFrozenAccount() {
        office.givenIssued(claim(1, UnitClass.LIVE));
        var claim = claim(2, UnitClass.LIVE);
        office.givenAssessed(claim, Given.evidence());
        office.verifyAndApprove(claim);
        givenFrozen(HOLDER);
        int entries = office.journal.entries().size();

        var issuance = office.issue(claim);

        assertThat(issuance).isEqualTo(new Issuance.Refused(Issuance.Reason.HOLDER_FROZEN));
        assertThat(office.journal.entries().stream().skip(entries))
                .noneMatch(entry -> entry.fact() instanceof CreditsIssued);
    }

    @Test
    void nothingIsIssuedOrRetiredWhereTheRegistrysAccountsStandStill() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));
        var retired = office.retire(id(70), HOLDER, block, new Co2e(1));
        var claim = claim(2, UnitClass.LIVE);
        office.givenAssessed(claim, Given.evidence());
        office.verifyAndApprove(claim);
        givenFrozen(SystemAccounts.buffer(UnitClass.LIVE).id());
        givenFrozen(SystemAccounts.retired(UnitClass.LIVE).id());

        assertThat(retired).isInstanceOf(Retirement.Retired.class);
        assertThat(office.issue(claim))
                .isEqualTo(new Issuance.Refused(Issuance.Reason.ISSUANCE_SUSPENDED));
        assertThat(office.retire(id(71), HOLDER, block, new Co2e(1)))
                .isEqualTo(new Retirement.Refused(Retirement.Reason.RETIREMENT_SUSPENDED));
    }

    private void givenFrozen(AccountId account) {
        var frozen = new SetStanding(id(account.hashCode()), account, Account.Standing.FROZEN);
        assertThat(office.apply(frozen)).isInstanceOf(StandingChange.Changed.class);
    }
}
