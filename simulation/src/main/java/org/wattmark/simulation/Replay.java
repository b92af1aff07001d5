package org.wattmark.simulation;

import java.util.HashMap;
import java.util.Map;
import org.wattmark.ledger.AccountOpened;
import org.wattmark.ledger.AccountStandingSet;
import org.wattmark.ledger.AssetFreezeSet;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Fact;
import org.wattmark.ledger.NothingChanged;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.market.CreditsListed;
import org.wattmark.market.CreditsTraded;
import org.wattmark.market.DepositDecided;
import org.wattmark.market.DepositRequested;
import org.wattmark.market.ListingWithdrawn;
import org.wattmark.registry.ClaimAssessed;
import org.wattmark.registry.ClaimRefused;
import org.wattmark.registry.ClaimStep;
import org.wattmark.registry.ClaimSubmitted;
import org.wattmark.registry.CreditsIssued;
import org.wattmark.registry.DesignJudged;
import org.wattmark.registry.DesignSubmitted;
import org.wattmark.registry.ProjectRegistered;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.registry.StatementMade;
import org.wattmark.units.Canonical;

/// Fresh machines take the journal over from its bytes alone, and must have what was committed.
final class Replay {

    private Replay() {}

    static void of(Store store) {
        var fresh = new Machines(0);
        for (var entry : store.entries()) {
            try {
                fresh.staging.replay(
                        new Entry(
                                entry.sequence(),
                                entry.epoch(),
                                entry.at(),
                                factOf(entry.fact().content()),
                                entry.salt()));
            } catch (Canonical.Malformed | RuntimeException e) {
                throw new Broken("I-21", "cannot be replayed: " + entry, e);
            }
        }
        same("by the journal", fresh.staging.contents(), store.maps());
    }

    /// Maps that are empty may be missing.
    static void same(String where, Map<String, Map<?, ?>> found, Map<String, ?> durable) {
        for (var each : found.entrySet()) {
            var rows = durable.get(each.getKey());
            Broken.unless(
                    each.getValue().equals(rows == null ? new HashMap<>() : rows),
                    "I-21",
                    () ->
                            each.getKey()
                                    + " "
                                    + where
                                    + ": "
                                    + each.getValue()
                                    + ", durable: "
                                    + rows);
        }
        Broken.unless(
                found.keySet().containsAll(durable.keySet()), "I-21", () -> "rows that nobody has");
    }

    private static Fact factOf(byte[] content) throws Canonical.Malformed {
        return switch (Canonical.domainOf(content)) {
            case AccountOpened.DOMAIN -> AccountOpened.of(content);
            case AccountStandingSet.DOMAIN -> AccountStandingSet.of(content);
            case AssetFreezeSet.DOMAIN -> AssetFreezeSet.of(content);
            case TransferPosted.DOMAIN -> TransferPosted.of(content);
            case NothingChanged.DOMAIN -> NothingChanged.of(content);
            case BatchSealed.DOMAIN -> BatchSealed.of(content);
            case ProjectRegistered.DOMAIN -> ProjectRegistered.of(content);
            case ClaimSubmitted.DOMAIN -> ClaimSubmitted.of(content);
            case ClaimAssessed.DOMAIN -> ClaimAssessed.of(content);
            case ClaimRefused.DOMAIN -> ClaimRefused.of(content);
            case ClaimStep.DOMAIN -> ClaimStep.of(content);
            case DesignSubmitted.DOMAIN -> DesignSubmitted.of(content);
            case DesignJudged.DOMAIN -> DesignJudged.of(content);
            case StatementMade.DOMAIN -> StatementMade.of(content);
            case CreditsIssued.DOMAIN -> CreditsIssued.of(content);
            case RetirementStatement.DOMAIN -> RetirementStatement.of(content);
            case CreditsListed.DOMAIN -> CreditsListed.of(content);
            case ListingWithdrawn.DOMAIN -> ListingWithdrawn.of(content);
            case CreditsTraded.DOMAIN -> CreditsTraded.of(content);
            case DepositRequested.DOMAIN -> DepositRequested.of(content);
            case DepositDecided.DOMAIN -> DepositDecided.of(content);
            default -> throw new Canonical.Malformed("nobody reads this");
        };
    }
}
