package org.wattmark.server.audit;

import java.util.Map;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.AccountStandingSet;
import org.wattmark.ledger.AssetFreezeSet;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Fact;
import org.wattmark.ledger.NothingChanged;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.market.CreditsListed;
import org.wattmark.market.CreditsTraded;
import org.wattmark.market.DepositDecided;
import org.wattmark.market.DepositRequested;
import org.wattmark.market.ListingWithdrawn;
import org.wattmark.registry.ClaimAssessed;
import org.wattmark.registry.ClaimCorrected;
import org.wattmark.registry.ClaimRefused;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.ClaimSubmitted;
import org.wattmark.registry.CreditsIssued;
import org.wattmark.registry.DesignJudged;
import org.wattmark.registry.DesignSubmitted;
import org.wattmark.registry.FeeCharged;
import org.wattmark.registry.FeesSet;
import org.wattmark.registry.GranularDecided;
import org.wattmark.registry.GranularIssued;
import org.wattmark.registry.GranularRequested;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.registry.InterventionDecided;
import org.wattmark.registry.InterventionMade;
import org.wattmark.registry.InterventionProposed;
import org.wattmark.registry.PoolDivided;
import org.wattmark.registry.PoolMembership;
import org.wattmark.registry.ProjectRegistered;
import org.wattmark.registry.ReductionReversed;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.ReversalCovered;
import org.wattmark.registry.StatementMade;
import org.wattmark.registry.UnitsCancelled;
import org.wattmark.rewards.DeviceEnrolled;
import org.wattmark.rewards.FeesShared;
import org.wattmark.rewards.PoolFunded;
import org.wattmark.rewards.ProgrammeBegun;
import org.wattmark.rewards.ProposalDecided;
import org.wattmark.rewards.ProposalMade;
import org.wattmark.rewards.RewardCorrected;
import org.wattmark.rewards.RewardsAccrued;
import org.wattmark.rewards.RewardsPaid;
import org.wattmark.rewards.StakeLocked;
import org.wattmark.rewards.StakeUnlocked;
import org.wattmark.rewards.TariffSet;
import org.wattmark.rewards.TermsChanged;
import org.wattmark.server.accounts.ReportPublished;
import org.wattmark.server.carboncred.HistoryImported;
import org.wattmark.server.carboncred.api.HandleUsed;
import org.wattmark.server.certification.ModelCertified;
import org.wattmark.server.certification.ModelWithdrawn;
import org.wattmark.server.log.NewOrigin;
import org.wattmark.server.metering.BatchReceived;
import org.wattmark.server.metering.DeviceBonded;
import org.wattmark.server.metering.DevicesProvisioned;
import org.wattmark.server.metering.ImportPart;
import org.wattmark.server.metering.ImportUndone;
import org.wattmark.server.metering.PacketDeviceBonded;
import org.wattmark.server.metering.PacketsReceived;
import org.wattmark.server.metering.RegisterAdvanced;
import org.wattmark.server.organisations.AccessChanged;
import org.wattmark.units.Canonical;

/// Reads facts of every kind back from their content, by the domain that it begins with.
final class Facts {

    private static final Map<String, Form> FORMS =
            Map.ofEntries(
                    Map.entry(AccountOpened.DOMAIN, AccountOpened::of),
                    Map.entry(AccountStandingSet.DOMAIN, AccountStandingSet::of),
                    Map.entry(AssetFreezeSet.DOMAIN, AssetFreezeSet::of),
                    Map.entry(NothingChanged.DOMAIN, NothingChanged::of),
                    Map.entry(TransferPosted.DOMAIN, TransferPosted::of),
                    Map.entry(BatchSealed.DOMAIN, BatchSealed::of),
                    Map.entry(DeviceBonded.DOMAIN, DeviceBonded::of),
                    Map.entry(PacketDeviceBonded.DOMAIN, PacketDeviceBonded::of),
                    Map.entry(DevicesProvisioned.DOMAIN, DevicesProvisioned::of),
                    Map.entry(PacketsReceived.DOMAIN, PacketsReceived::of),
                    Map.entry(RegisterAdvanced.DOMAIN, RegisterAdvanced::of),
                    Map.entry(ImportPart.DOMAIN, ImportPart::of),
                    Map.entry(ImportUndone.DOMAIN, ImportUndone::of),
                    Map.entry(BatchReceived.DOMAIN, BatchReceived::of),
                    Map.entry(ProjectRegistered.DOMAIN, ProjectRegistered::of),
                    Map.entry(ClaimSubmitted.DOMAIN, ClaimSubmitted::of),
                    Map.entry(ClaimAssessed.DOMAIN, ClaimAssessed::of),
                    Map.entry(ClaimCorrected.DOMAIN, ClaimCorrected::of),
                    Map.entry(StatementMade.DOMAIN, StatementMade::of),
                    Map.entry(ClaimRefused.DOMAIN, ClaimRefused::of),
                    Map.entry(ClaimStep.DOMAIN, ClaimStep::of),
                    Map.entry(DesignSubmitted.DOMAIN, DesignSubmitted::of),
                    Map.entry(DesignJudged.DOMAIN, DesignJudged::of),
                    Map.entry(CreditsIssued.DOMAIN, CreditsIssued::of),
                    Map.entry(PoolMembership.DOMAIN, PoolMembership::of),
                    Map.entry(PoolDivided.DOMAIN, PoolDivided::of),
                    Map.entry(RetirementStatement.DOMAIN, RetirementStatement::of),
                    Map.entry(UnitsCancelled.DOMAIN, UnitsCancelled::of),
                    Map.entry(GranularRequested.DOMAIN, GranularRequested::of),
                    Map.entry(GranularDecided.DOMAIN, GranularDecided::of),
                    Map.entry(GranularIssued.DOMAIN, GranularIssued::of),
                    Map.entry(GranularRetirement.DOMAIN, GranularRetirement::of),
                    Map.entry(InterventionProposed.DOMAIN, InterventionProposed::of),
                    Map.entry(InterventionDecided.DOMAIN, InterventionDecided::of),
                    Map.entry(InterventionMade.DOMAIN, InterventionMade::of),
                    Map.entry(ReductionReversed.DOMAIN, ReductionReversed::of),
                    Map.entry(ReversalCovered.DOMAIN, ReversalCovered::of),
                    Map.entry(FeesSet.DOMAIN, FeesSet::of),
                    Map.entry(FeeCharged.DOMAIN, FeeCharged::of),
                    Map.entry(CreditsListed.DOMAIN, CreditsListed::of),
                    Map.entry(CreditsTraded.DOMAIN, CreditsTraded::of),
                    Map.entry(ListingWithdrawn.DOMAIN, ListingWithdrawn::of),
                    Map.entry(DepositRequested.DOMAIN, DepositRequested::of),
                    Map.entry(DepositDecided.DOMAIN, DepositDecided::of),
                    Map.entry(TariffSet.DOMAIN, TariffSet::of),
                    Map.entry(ProgrammeBegun.DOMAIN, ProgrammeBegun::of),
                    Map.entry(TermsChanged.DOMAIN, TermsChanged::of),
                    Map.entry(PoolFunded.DOMAIN, PoolFunded::of),
                    Map.entry(ProposalMade.DOMAIN, ProposalMade::of),
                    Map.entry(ProposalDecided.DOMAIN, ProposalDecided::of),
                    Map.entry(DeviceEnrolled.DOMAIN, DeviceEnrolled::of),
                    Map.entry(RewardsAccrued.DOMAIN, RewardsAccrued::of),
                    Map.entry(RewardCorrected.DOMAIN, RewardCorrected::of),
                    Map.entry(RewardsPaid.DOMAIN, RewardsPaid::of),
                    Map.entry(StakeLocked.DOMAIN, StakeLocked::of),
                    Map.entry(StakeUnlocked.DOMAIN, StakeUnlocked::of),
                    Map.entry(FeesShared.DOMAIN, FeesShared::of),
                    Map.entry(HistoryImported.DOMAIN, HistoryImported::of),
                    Map.entry(HandleUsed.DOMAIN, HandleUsed::of),
                    Map.entry(ModelCertified.DOMAIN, ModelCertified::of),
                    Map.entry(ModelWithdrawn.DOMAIN, ModelWithdrawn::of),
                    Map.entry(ReportPublished.DOMAIN, ReportPublished::of),
                    Map.entry(AccessChanged.DOMAIN, AccessChanged::of),
                    Map.entry(NewOrigin.DOMAIN, NewOrigin::of));

    private Facts() {}

    static Fact read(byte[] content) throws Canonical.Malformed {
        var domain = Canonical.domainOf(content);
        var form = FORMS.get(domain);
        if (form == null) {
            throw new Canonical.Malformed("no fact of this kind is known: " + domain);
        }
        return form.read(content);
    }

    /// How one kind of fact is read.
    @FunctionalInterface
    private interface Form {

        Fact read(byte[] content) throws Canonical.Malformed;
    }
}
