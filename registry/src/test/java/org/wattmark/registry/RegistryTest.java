package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.wattmark.registry.Given.HOLDER;
import static org.wattmark.registry.Given.PROPONENT_ACTS;
import static org.wattmark.registry.Given.SOLAR_MARGIN;
import static org.wattmark.registry.Given.TEST_HOLDER;
import static org.wattmark.registry.Given.VERIFIER_ACTS;
import static org.wattmark.registry.Given.claim;
import static org.wattmark.registry.Given.id;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.registry.Retirement.Retired;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.Actor.Role;
import org.wattmark.verification.UnitClass;

class RegistryTest {

    private static final AccountId BUFFER = SystemAccounts.buffer(UnitClass.LIVE).id();

    private final Office office = Office.open();

    @AfterEach
    void close() {
        office.close();
    }

    @Test
    void theSolarMarginCreditsTheHolderTo3535488Grams() {
        var claim = claim(1, 1, UnitClass.LIVE, Optional.of(SOLAR_MARGIN));

        var block = office.givenIssued(claim);

        assertThat(block.issued()).isEqualTo(new Co2e(3_928_320));
        assertThat(block.buffer()).isEqualTo(new Co2e(392_832));
        assertThat(block.credited()).isEqualTo(new Co2e(3_535_488));
        assertThat(office.held(HOLDER, block)).isEqualTo(new Co2e(3_535_488));
        assertThat(office.held(BUFFER, block)).isEqualTo(new Co2e(392_832));
    }

    @Test
    void theBritishDefaultCreditsTheHolderTo2384134Grams() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));

        assertThat(office.held(HOLDER, block)).isEqualTo(new Co2e(2_384_134));
        assertThat(block.issued()).isEqualTo(new Co2e(2_649_038));
        assertThat(block.buffer()).isEqualTo(new Co2e(264_904));
    }

    @Test
    void aLargeBlockTakesAsManyEntriesAsASmallOne() {
        var small = office.givenIssued(claim(1, UnitClass.LIVE), Given.evidence(new Energy(100)));
        var large = office.givenIssued(claim(2, UnitClass.LIVE));

        assertThat(transfersOf(small)).hasSize(2);
        assertThat(transfersOf(large)).hasSize(2);
    }

    private List<Transfer> transfersOf(CreditBlock block) {
        return office.journal.entries().stream()
                .map(entry -> entry.fact() instanceof TransferPosted posted ? posted : null)
                .filter(posted -> posted != null)
                .map(TransferPosted::transfer)
                .filter(transfer -> transfer.asset().equals(block.asset()))
                .toList();
    }

    @Test
    void aClaimIsIssuedOnce() {
        var claim = claim(1, UnitClass.LIVE);
        var block = office.givenIssued(claim);

        var again = office.issue(claim);

        assertThat(again).isEqualTo(refused(Issuance.Reason.ALREADY_ISSUED));
        assertThat(office.held(HOLDER, block)).isEqualTo(block.credited());
    }

    @Test
    void theSameIssuanceSentAgainGetsTheSameAnswer() {
        var claim = claim(1, UnitClass.TEST);
        office.givenAssessed(claim);
        var command = new IssueCredits(id(60), PROPONENT_ACTS, claim.id());

        var first = office.apply(command);
        var again = office.apply(command);

        assertThat(first).isInstanceOf(Issuance.Issued.class);
        assertThat(again).isEqualTo(first);
    }

    @Test
    void onlyTheProponentOrAnOperatorIssues() {
        var claim = claim(1, UnitClass.TEST);
        office.givenAssessed(claim);

        var byStranger =
                office.apply(new IssueCredits(id(60), Office.stranger(Role.PROPONENT), claim.id()));
        var byVerifier = office.apply(new IssueCredits(id(61), VERIFIER_ACTS, claim.id()));
        var byOperator =
                office.apply(new IssueCredits(id(62), Office.stranger(Role.OPERATOR), claim.id()));

        assertThat(byStranger).isEqualTo(refused(Issuance.Reason.ROLE_MAY_NOT));
        assertThat(byVerifier).isEqualTo(refused(Issuance.Reason.ROLE_MAY_NOT));
        assertThat(byOperator).isInstanceOf(Issuance.Issued.class);
    }

    @Test
    void onlyWhatIsApprovedIsIssued() {
        var claim = claim(1, UnitClass.LIVE);

        var unknown = office.issue(claim);
        office.givenAssessed(claim);
        var undecided = office.issue(claim);

        assertThat(unknown).isEqualTo(refused(Issuance.Reason.CLAIM_UNKNOWN));
        assertThat(undecided).isEqualTo(refused(Issuance.Reason.NOT_APPROVED));
    }

    private static Issuance refused(Issuance.Reason reason) {
        return new Issuance.Refused(reason);
    }

    @Test
    void nobodyRetiresMoreThanHeHolds() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));

        var tooMuch = office.retire(id(70), HOLDER, block, block.credited().plus(new Co2e(1)));
        var all = office.retire(id(71), HOLDER, block, block.credited());

        assertThat(tooMuch).isEqualTo(refused(Retirement.Reason.QUANTITY_EXCEEDS_HOLDING));
        assertThat(all).isInstanceOf(Retired.class);
        assertThat(office.held(HOLDER, block)).isEqualTo(Co2e.ZERO);
    }

    @Test
    void retiresOnceHoweverOftenItIsAsked() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));

        var first = office.retire(id(70), HOLDER, block, Co2e.ofTonnes(2));
        office.clock.advance(Duration.ofDays(1));
        var again = office.retire(id(70), HOLDER, block, Co2e.ofTonnes(2));
        var other = office.retire(id(70), HOLDER, block, Co2e.ofTonnes(1));

        assertThat(first).isInstanceOf(Retired.class);
        assertThat(again).isEqualTo(first);
        assertThat(other).isEqualTo(refused(Retirement.Reason.ID_STANDS_FOR_ANOTHER));
        assertThat(office.held(HOLDER, block)).isEqualTo(new Co2e(384_134));
    }

    @Test
    void serialsFollowEachOtherInTheOrderOfRetirement() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));

        var first = statement(office.retire(id(70), HOLDER, block, new Co2e(10)));
        var second = statement(office.retire(id(71), HOLDER, block, new Co2e(5)));

        assertThat(first.serials()).isEqualTo(new SerialRange(1, 10));
        assertThat(second.serials()).isEqualTo(new SerialRange(11, 15));
    }

    private static RetirementStatement statement(Retirement retirement) {
        return ((Retired) retirement).statement();
    }

    @Test
    void anUnknownHolderOrBlockIsSaid() {
        var block = office.givenIssued(claim(1, UnitClass.LIVE));
        var nobody = AccountId.holder(id(79));
        var noBlock = new RetireCredits(id(71), HOLDER, new UUID(0, 1), new Co2e(1), "B", "");

        assertThat(office.retire(id(70), nobody, block, new Co2e(1)))
                .isEqualTo(refused(Retirement.Reason.HOLDER_UNKNOWN));
        assertThat(office.apply(noBlock)).isEqualTo(refused(Retirement.Reason.BLOCK_UNKNOWN));
    }

    private static Retirement refused(Retirement.Reason reason) {
        return new Retirement.Refused(reason);
    }

    @Test
    void testUnitsNeverReachLiveAccounts() {
        var block = office.givenIssued(claim(1, UnitClass.TEST));
        office.apply(OpenAccounts.of(new Account(HOLDER, Account.Kind.HOLDER)));

        var moved =
                office.apply(
                        new Act(
                                id(80),
                                ledger ->
                                        ledger.post(
                                                new Transfer(
                                                        id(81),
                                                        TEST_HOLDER,
                                                        HOLDER,
                                                        block.asset(),
                                                        1))));
        var retired = office.retire(id(82), HOLDER, block, new Co2e(1));

        assertThat(block.asset().isTest()).isTrue();
        assertThat(office.held(TEST_HOLDER, block)).isEqualTo(block.credited());
        assertThat(moved)
                .isEqualTo(new Posting.Rejected(0, Posting.Reason.TEST_AND_LIVE_DO_NOT_MIX));
        assertThat(retired).isEqualTo(refused(Retirement.Reason.TEST_AND_LIVE_DO_NOT_MIX));
    }

    @Test
    void aRetirementSaysInWhoseName() {
        assertThatIllegalArgumentException().isThrownBy(() -> retirement(" ", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> retirement("b".repeat(201), ""));
        assertThatIllegalArgumentException().isThrownBy(() -> retirement("b", "p".repeat(501)));
        assertThatIllegalArgumentException().isThrownBy(() -> retirement("b\0", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> retirement("b", "\udc00"));
    }

    private static RetireCredits retirement(String beneficiary, String purpose) {
        return new RetireCredits(id(1), HOLDER, id(2), new Co2e(1), beneficiary, purpose);
    }
}
