package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Sequencer;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.CancelCredits;
import org.wattmark.registry.Cancellation;
import org.wattmark.registry.CoverReversal;
import org.wattmark.registry.Covering;
import org.wattmark.registry.CreditBlock;
import org.wattmark.registry.DecideIntervention;
import org.wattmark.registry.Eligibility;
import org.wattmark.registry.FeeSchedule;
import org.wattmark.registry.Grounds;
import org.wattmark.registry.Intervention;
import org.wattmark.registry.InterventionStep;
import org.wattmark.registry.ProposeIntervention;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;

/// A part of a history in which something happens to units after they were issued: two persons
/// suspend, resume, reverse and charge; others wait or are rejected; a holder cancels.
final class LifeStory {

    private final Sequencer sequencer;
    private final UUID clerk = UUID.randomUUID();
    private final UUID other = UUID.randomUUID();

    LifeStory(Sequencer sequencer) {
        this.sequencer = sequencer;
    }

    void play(AccountId seller, AccountId payer, CreditBlock block) {
        cancel(seller, block);
        agree(new Intervention.SuspendBlock(block.id()));
        agree(new Intervention.ResumeBlock(block.id()));
        agree(new Intervention.SuspendAccount(payer));
        agree(new Intervention.ResumeAccount(payer));
        propose(new Intervention.RecallBlock(block.id()));
        decide(propose(new Intervention.RecallBlock(block.id())), false);
        agree(new Intervention.CancelUnits(seller, block.id(), new Co2e(2)));
        cover(seller, block, reverse(block));
        agree(
                new Intervention.RecordEligibility(
                        new Eligibility(
                                block.project(),
                                Optional.of("GB-LOA-17"),
                                Eligibility.CorrespondingAdjustment.COMMITTED,
                                Optional.of(LocalDate.of(2026, 1, 1)),
                                Optional.of("Household solar"))));
        charge(payer, block);
    }

    private void cancel(AccountId holder, CreditBlock block) {
        var command =
                new CancelCredits(
                        UUID.randomUUID(), holder, block.id(), new Co2e(3), "For the climate");
        assertThat(sequencer.apply(command)).isInstanceOf(Cancellation.Cancelled.class);
    }

    /// All of it: far more than the project's buffer has.
    private UUID reverse(CreditBlock block) {
        return agree(new Intervention.ReverseReduction(block.id(), block.issued()));
    }

    /// Most of it is left to make good.
    private void cover(AccountId proponent, CreditBlock block, UUID reversal) {
        var command =
                new CoverReversal(UUID.randomUUID(), proponent, reversal, block.id(), new Co2e(2));
        assertThat(sequencer.apply(command)).isInstanceOf(Covering.Covered.class);
    }

    private void charge(AccountId payer, CreditBlock block) {
        agree(
                new Intervention.ChangeFees(
                        new FeeSchedule(
                                Instant.EPOCH,
                                new Price(Money.of(0, "EUR")),
                                new Price(Money.of(10_000_000, "EUR")))));
        var command =
                new RetireCredits(
                        UUID.randomUUID(), payer, block.id(), new Co2e(1), "A bakery", "Ovens");
        assertThat(sequencer.apply(command)).isInstanceOf(Retirement.Retired.class);
    }

    private UUID agree(Intervention intervention) {
        var id = propose(intervention);
        decide(id, true);
        return id;
    }

    private UUID propose(Intervention intervention) {
        var id = UUID.randomUUID();
        var grounds = new Grounds("Something was found", Sha256.of(new byte[] {5}));
        assertThat(sequencer.apply(new ProposeIntervention(id, clerk, intervention, grounds)))
                .isInstanceOf(InterventionStep.Taken.class);
        return id;
    }

    private void decide(UUID intervention, boolean approve) {
        var command = new DecideIntervention(UUID.randomUUID(), other, intervention, approve);
        assertThat(sequencer.apply(command)).isInstanceOf(InterventionStep.Taken.class);
    }
}
