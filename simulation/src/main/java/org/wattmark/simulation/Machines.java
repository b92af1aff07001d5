package org.wattmark.simulation;

import java.time.InstantSource;
import java.util.Map;
import org.wattmark.ledger.Journal;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.OpenAccounts;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.ReleaseExpired;
import org.wattmark.ledger.Sequencer;
import org.wattmark.ledger.SetFreeze;
import org.wattmark.ledger.SetStanding;
import org.wattmark.ledger.Staging;
import org.wattmark.ledger.VoidPending;
import org.wattmark.market.ApproveDeposit;
import org.wattmark.market.BuyCredits;
import org.wattmark.market.Deposits;
import org.wattmark.market.Exchange;
import org.wattmark.market.ListCredits;
import org.wattmark.market.MarketRules;
import org.wattmark.market.RejectDeposit;
import org.wattmark.market.RequestDeposit;
import org.wattmark.market.WithdrawListing;
import org.wattmark.registry.ActOnClaim;
import org.wattmark.registry.AssessClaim;
import org.wattmark.registry.Claims;
import org.wattmark.registry.DecideClaim;
import org.wattmark.registry.IssueCredits;
import org.wattmark.registry.JudgeDesign;
import org.wattmark.registry.RegisterProject;
import org.wattmark.registry.Registry;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.SubmitClaim;
import org.wattmark.registry.SubmitDesign;
import org.wattmark.units.Canonical;

/// The machines of a server as it wires them, on one staging.
final class Machines {

    private static final byte[] DRAW_SECRET = new byte[32];

    final Staging staging;
    final Ledger ledger;
    private final Claims claims;
    private final Registry registry;
    private final Exchange exchange;
    private final Deposits deposits;
    private long salts;

    /// @param salt no two servers of a world have the same
    Machines(long salt) {
        staging = new Staging(() -> salt(salt));
        ledger = new Ledger(staging);
        // No policy: whatever the checks say, a person decides.
        claims = new Claims(staging, Map.of(), DRAW_SECRET);
        registry = new Registry(staging, ledger, claims);
        exchange = new Exchange(staging, ledger, registry, MarketRules.STANDARD);
        deposits = new Deposits(staging, ledger);
    }

    private byte[] salt(long server) {
        return Canonical.of("wattmark/simulated-salt/v1").number(server).number(++salts).sha256();
    }

    Sequencer.Builder sequencer(Journal journal, InstantSource clock) {
        return Sequencer.on(journal, staging, clock)
                .handle(OpenAccounts.class, ledger::open)
                .handle(PostTransfer.class, ledger::post)
                .handle(PostPending.class, ledger::post)
                .handle(VoidPending.class, ledger::post)
                .handle(PostLinked.class, ledger::post)
                .handle(ReleaseExpired.class, ledger::release)
                .handle(SetFreeze.class, ledger::set)
                .handle(SetStanding.class, ledger::set)
                .handle(MoveAssets.class, each -> each.on(ledger))
                .handle(ReserveAssets.class, each -> each.on(ledger))
                .handle(RegisterProject.class, claims::register)
                .handle(SubmitClaim.class, claims::submit)
                .handle(AssessClaim.class, claims::assess)
                .handle(DecideClaim.class, claims::decide)
                .handle(ActOnClaim.class, claims::act)
                .handle(SubmitDesign.class, claims.designs()::submit)
                .handle(JudgeDesign.class, claims.designs()::judge)
                .handle(IssueCredits.class, registry::issue)
                .handle(RetireCredits.class, registry::retire)
                .handle(ListCredits.class, exchange::list)
                .handle(WithdrawListing.class, exchange::withdraw)
                .handle(BuyCredits.class, exchange::buy)
                .handle(RequestDeposit.class, deposits::request)
                .handle(ApproveDeposit.class, deposits::approve)
                .handle(RejectDeposit.class, deposits::reject);
    }
}
