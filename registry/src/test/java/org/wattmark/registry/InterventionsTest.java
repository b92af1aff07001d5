package org.wattmark.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.wattmark.registry.Given.HOLDER;
import static org.wattmark.registry.Given.claim;
import static org.wattmark.registry.Given.id;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.wattmark.ledger.Account;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Transfer;
import org.wattmark.registry.Intervention.CancelUnits;
import org.wattmark.registry.Intervention.RecallBlock;
import org.wattmark.registry.Intervention.ResumeAccount;
import org.wattmark.registry.Intervention.ResumeBlock;
import org.wattmark.registry.Intervention.ReverseReduction;
import org.wattmark.registry.Intervention.SuspendAccount;
import org.wattmark.registry.Intervention.SuspendBlock;
import org.wattmark.registry.InterventionStep.Denied;
import org.wattmark.registry.InterventionStep.Reason;
import org.wattmark.registry.InterventionStep.Taken;
import org.wattmark.registry.UnitsCancelled.Cause;
import org.wattmark.units.Bytes;
import org.wattmark.units.Co2e;
import org.wattmark.units.SerialRange;
import org.wattmark.verification.UnitClass;

/// The British roof's block: 2,649,038 g, of which 264,904 g lie in the buffer.
class InterventionsTest {

    private static final AccountId BUFFER = SystemAccounts.buffer(UnitClass.LIVE).id();
    private static final AccountId CANCELLED = SystemAccounts.cancelled(UnitClass.LIVE).id();
    private static final AccountId BUYER = AccountId.holder(id(91));

    private final Office office = Office.open();
    private CreditBlock block = office.givenIssued(claim(1, UnitClass.LIVE));

    @BeforeEach
    void aBuyerHasSome() {
        office.apply(OpenAccounts.of(new Account(BUYER, Account.Kind.HOLDER)));
        assertThat(give(100_000)).isInstanceOf(Posting.Posted.class);
    }

    @AfterEach
    void close() {
        office.close();
    }

    private Posting give(long grams) {
        var id = office.nextId();
        var gift = Transfer.numbered(id, 0, HOLDER, BUYER, block.asset(), grams);
        return office.apply(new Act(id, ledger -> ledger.post(gift)));
    }

    @Test
    void whoProposesDoesNotApproveAndNothingHappensUntilAnotherDoes() {
        var _ = office.propose(id(60), new SuspendBlock(block.id()));

        var own = office.decide(id(60), Office.CLERK, true);
        var meanwhile = give(1);
        var other = office.decide(id(60), Office.OTHER_CLERK, true);
        var again = office.decide(id(60), Office.OTHER_CLERK, true);

        assertThat(own).isEqualTo(new Denied(Reason.PROPOSER_DECIDES));
        assertThat(meanwhile).isInstanceOf(Posting.Posted.class);
        assertThat(other).isInstanceOf(Taken.class);
        assertThat(again).isEqualTo(new Denied(Reason.ALREADY_DECIDED));
        assertThat(give(1)).isEqualTo(new Posting.Rejected(0, Posting.Reason.ASSET_FROZEN));
    }

    @Test
    void whatIsRejectedNeverHappens() {
        var _ = office.propose(id(60), new RecallBlock(block.id()));

        var rejected = office.decide(id(60), Office.CLERK, false);

        assertThat(rejected)
                .isInstanceOfSatisfying(
                        Taken.class,
                        taken ->
                                assertThat(taken.state())
                                        .isEqualTo(InterventionCase.State.REJECTED));
        assertThat(office.decide(id(60), Office.OTHER_CLERK, true))
                .isEqualTo(new Denied(Reason.ALREADY_DECIDED));
        assertThat(office.held(BUYER, block)).isEqualTo(new Co2e(100_000));
    }

    @Test
    void aSuspendedBlockStandsStillUntilItIsResumed() {
        var _ = office.intervene(new SuspendBlock(block.id()));

        var retired = office.retire(id(70), HOLDER, block, new Co2e(1));
        var cancelled = cancel(id(71), 1);
        var again = office.intervene(new SuspendBlock(block.id()));
        var resumed = office.intervene(new ResumeBlock(block.id()));

        assertThat(retired).isEqualTo(new Retirement.Refused(Retirement.Reason.BLOCK_FROZEN));
        assertThat(cancelled).isEqualTo(new Cancellation.Refused(Cancellation.Reason.BLOCK_FROZEN));
        assertThat(again).isEqualTo(new Denied(Reason.ALREADY_SO));
        assertThat(resumed).isInstanceOf(Taken.class);
        assertThat(give(1)).isInstanceOf(Posting.Posted.class);
        assertThat(office.intervene(new ResumeBlock(block.id())))
                .isEqualTo(new Denied(Reason.ALREADY_SO));
    }

    @Test
    void aSuspendedAccountNeitherGivesNorTakes() {
        var _ = office.intervene(new SuspendAccount(BUYER));

        var taken = give(1);
        var retired = office.retire(id(70), BUYER, block, new Co2e(1));
        var resumed = office.intervene(new ResumeAccount(BUYER));

        assertThat(taken).isEqualTo(new Posting.Rejected(0, Posting.Reason.CREDIT_ACCOUNT_FROZEN));
        assertThat(retired).isEqualTo(new Retirement.Refused(Retirement.Reason.HOLDER_FROZEN));
        assertThat(resumed).isInstanceOf(Taken.class);
        assertThat(give(1)).isInstanceOf(Posting.Posted.class);
        assertThat(office.intervene(new SuspendAccount(AccountId.holder(id(99)))))
                .isEqualTo(new Denied(Reason.ACCOUNT_UNKNOWN));
    }

    @Test
    void cancellationsAndRetirementsTakeTheirSerialsFromOneLine() {
        var _ = office.retire(id(70), HOLDER, block, new Co2e(10));
        var cancelled = cancel(id(71), 5);
        var _ = office.intervene(new CancelUnits(BUYER, block.id(), new Co2e(7)));
        var retired = office.retire(id(72), BUYER, block, new Co2e(1));

        assertThat(cancelled)
                .isInstanceOfSatisfying(
                        Cancellation.Cancelled.class,
                        done -> {
                            assertThat(done.units().serials()).isEqualTo(new SerialRange(11, 15));
                            assertThat(done.units().cause()).isEqualTo(Cause.VOLUNTARY);
                        });
        assertThat(((Retirement.Retired) retired).statement().serials())
                .isEqualTo(new SerialRange(23, 23));
        assertThat(office.held(CANCELLED, block)).isEqualTo(new Co2e(12));
        assertThat(office.held(BUYER, block)).isEqualTo(new Co2e(100_000 - 7 - 1));
        assertThat(cancel(id(73), 2_400_000))
                .isEqualTo(new Cancellation.Refused(Cancellation.Reason.QUANTITY_EXCEEDS_HOLDING));
    }

    private Cancellation cancel(UUID id, long grams) {
        return office.apply(
                new CancelCredits(id, HOLDER, block.id(), new Co2e(grams), "For the climate"));
    }

    @Test
    void aRecallTakesEverythingBackThatIsNotRetiredWhateverStandsStill() {
        var _ = office.retire(id(70), BUYER, block, new Co2e(40_000));
        var _ = office.intervene(new SuspendBlock(block.id()));
        var _ = office.intervene(new SuspendAccount(BUYER));

        var recalled = office.intervene(new RecallBlock(block.id()));

        assertThat(recalled).isInstanceOf(Taken.class);
        for (var account : List.of(HOLDER, BUYER, BUFFER)) {
            assertThat(office.held(account, block)).as(account.value()).isEqualTo(Co2e.ZERO);
        }
        assertThat(office.held(CANCELLED, block)).isEqualTo(new Co2e(2_649_038 - 40_000));
        assertThat(cancelled())
                .filteredOn(each -> each.cause() == Cause.RECALL)
                .extracting(each -> each.holder() + " " + each.quantity().grams())
                .containsExactlyInAnyOrder(
                        BUYER + " 60000", HOLDER + " 2284134", BUFFER + " 264904");
        assertThat(office.machines.ledger.account(BUYER).orElseThrow().standing())
                .isEqualTo(Account.Standing.FROZEN);
        assertThat(office.intervene(new RecallBlock(block.id())))
                .isEqualTo(new Denied(Reason.BLOCK_RECALLED));
        assertThat(office.intervene(new ResumeBlock(block.id())))
                .isEqualTo(new Denied(Reason.BLOCK_RECALLED));
    }

    private List<UnitsCancelled> cancelled() {
        return office.journal.rows().stream()
                .filter(Registry.CancelledEntry.class::isInstance)
                .map(row -> ((Registry.CancelledEntry) row).units())
                .toList();
    }

    @Test
    void aReversalWithinTheBufferIsDrawnAndNothingIsOwed() {
        var _ = office.intervene(new ReverseReduction(block.id(), new Co2e(200_000)));

        var next = office.givenIssued(claim(2, UnitClass.LIVE));

        assertThat(office.held(BUFFER, block)).isEqualTo(new Co2e(64_904));
        assertThat(office.held(HOLDER, block)).isEqualTo(new Co2e(2_284_134));
        assertThat(next.credited()).isEqualTo(new Co2e(2_384_134));
        assertThat(flag(BlockFlag.Kind.REVERSED)).isNull();
    }

    @Test
    void aReversalBeyondTheBufferIsOwedAndNothingIsIssuedUntilItIsMadeGood() {
        var sibling = office.givenIssued(claim(2, UnitClass.LIVE));
        office.givenAssessed(claim(3, UnitClass.LIVE));
        var _ = office.verifyAndApprove(claim(3, UnitClass.LIVE));
        var reversal = id(60);
        var _ = office.propose(reversal, new ReverseReduction(block.id(), new Co2e(600_000)));

        var _ = office.decide(reversal, Office.OTHER_CLERK, true);
        var issued = office.issue(claim(3, UnitClass.LIVE));
        var raised = flag(BlockFlag.Kind.REVERSED);
        var byBuyer = cover(61, BUYER, reversal, block, 1);
        var tooMuch = cover(62, HOLDER, reversal, block, 70_193);
        var part = cover(63, HOLDER, reversal, block, 70_000);
        var rest = cover(64, HOLDER, reversal, sibling, 192);

        // 600,000 less 264,904 of its own buffer and as much of its sibling's
        assertThat(office.held(BUFFER, block)).isEqualTo(Co2e.ZERO);
        assertThat(office.held(BUFFER, sibling)).isEqualTo(Co2e.ZERO);
        assertThat(issued).isEqualTo(new Issuance.Refused(Issuance.Reason.REVERSAL_NOT_COVERED));
        assertThat(raised).extracting(BlockFlag::raised).isEqualTo(true);
        assertThat(byBuyer).isEqualTo(new Covering.Refused(Covering.Reason.NOT_YOUR_REVERSAL));
        assertThat(tooMuch).isEqualTo(new Covering.Refused(Covering.Reason.EXCEEDS_WHAT_IS_OWED));
        assertThat(part).isInstanceOf(Covering.Covered.class);
        assertThat(rest)
                .isInstanceOfSatisfying(
                        Covering.Covered.class,
                        done -> assertThat(done.reversal().left()).isEqualTo(Co2e.ZERO));
        assertThat(flag(BlockFlag.Kind.REVERSED)).extracting(BlockFlag::raised).isEqualTo(false);
        assertThat(office.issue(claim(3, UnitClass.LIVE))).isInstanceOf(Issuance.Issued.class);
        assertThat(office.intervene(new ReverseReduction(block.id(), new Co2e(2_049_039))))
                .isEqualTo(new Denied(Reason.EXCEEDS_ISSUED));
    }

    private Covering cover(long id, AccountId holder, UUID reversal, CreditBlock from, long grams) {
        return office.apply(
                new CoverReversal(id(id), holder, reversal, from.id(), new Co2e(grams)));
    }

    private @Nullable BlockFlag flag(BlockFlag.Kind kind) {
        return (BlockFlag)
                office.machines
                        .staging
                        .contents()
                        .getOrDefault("block_flag", Map.of())
                        .get(new BlockFlag.Key(block.id(), kind));
    }

    @Test
    void theLogTellsWhatWasDoneAndNotBefore() {
        var _ = office.propose(id(60), new RecallBlock(block.id()));
        var proposed = office.journal.entries().getLast().sequence();
        var _ = office.decide(id(60), Office.OTHER_CLERK, true);

        var words = Bytes.of(Office.GROUNDS.reason().getBytes(StandardCharsets.UTF_8)).hex();
        var clerk = Office.CLERK.toString().replace("-", "");

        assertThat(office.journal.entries())
                .filteredOn(entry -> entry.sequence() <= proposed)
                .noneMatch(entry -> leaf(entry).contains(words));
        assertThat(office.journal.entries())
                .anyMatch(entry -> leaf(entry).contains(words))
                .noneMatch(entry -> leaf(entry).contains(clerk));
    }

    private static String leaf(Entry entry) {
        return Bytes.of(entry.leaf()).hex();
    }
}
