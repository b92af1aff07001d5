package org.wattmark.server.audit;

import java.util.List;
import java.util.Map;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Ledger;
import org.wattmark.ledger.Staging;
import org.wattmark.market.Deposits;
import org.wattmark.market.Exchange;
import org.wattmark.market.MarketRules;
import org.wattmark.registry.Claims;
import org.wattmark.registry.Corrections;
import org.wattmark.registry.GranularCertificates;
import org.wattmark.registry.Interventions;
import org.wattmark.registry.Registry;
import org.wattmark.registry.Unwinding;
import org.wattmark.rewards.FeeAccounts;
import org.wattmark.rewards.Programmes;
import org.wattmark.rewards.Proposals;
import org.wattmark.rewards.Rewards;
import org.wattmark.rewards.Stakes;
import org.wattmark.rewards.StakingRules;
import org.wattmark.server.carboncred.HistoryAudit;
import org.wattmark.server.carboncred.HistoryTables;
import org.wattmark.server.carboncred.api.CreditHandleTable;
import org.wattmark.server.carboncred.api.CreditHandles;
import org.wattmark.server.certification.CertifiedModelTable;
import org.wattmark.server.certification.CertifiedModels;
import org.wattmark.server.granular.GranularAudit;
import org.wattmark.server.granular.GranularTables;
import org.wattmark.server.interventions.InterventionTables;
import org.wattmark.server.interventions.LifeAudit;
import org.wattmark.server.ledger.AccountHistoryAudit;
import org.wattmark.server.ledger.AnswerAudit;
import org.wattmark.server.ledger.BalanceAudit;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.server.ledger.SettlementAudit;
import org.wattmark.server.ledger.Tables;
import org.wattmark.server.market.MarketTables;
import org.wattmark.server.market.TradeAudit;
import org.wattmark.server.metering.Imports;
import org.wattmark.server.metering.MeteringTables;
import org.wattmark.server.metering.Meters;
import org.wattmark.server.metering.PacketAudit;
import org.wattmark.server.metering.PacketMeters;
import org.wattmark.server.metering.ReadingAudit;
import org.wattmark.server.metering.RegisterAudit;
import org.wattmark.server.metering.RegisterMeters;
import org.wattmark.server.metering.UndoAudit;
import org.wattmark.server.organisations.AccessAudit;
import org.wattmark.server.organisations.AccessTables;
import org.wattmark.server.registry.ClaimAudit;
import org.wattmark.server.registry.PoolAudit;
import org.wattmark.server.registry.RegistryTables;
import org.wattmark.server.registry.RetirementAudit;
import org.wattmark.server.registry.WorkflowAudit;
import org.wattmark.server.rewards.RewardAudit;
import org.wattmark.server.rewards.RewardTables;

/// Every machine of the server, empty, to replay a journal into; and who audits its rows.
public final class Books {

    private final Staging staging;

    private final List<RowAudit> rowAudits;

    public Books() {
        this(everyRowAudit());
    }

    /// Machines that only replay need no salts, no policies and no fees: those decide, once.
    Books(List<RowAudit> rowAudits) {
        this.rowAudits = List.copyOf(rowAudits);
        staging =
                new Staging(() -> {
                    throw new IllegalStateException("a replay makes no entries");
                });
        var ledger = new Ledger(staging);
        var claims = new Claims(staging, Map.of(), new byte[0]);
        var registry = new Registry(staging, ledger, claims);
        // Each joins the staging by itself.
        var meters = new Meters(staging);
        var _ = new PacketMeters(staging, meters);
        var _ = new RegisterMeters(staging, meters);
        var _ = new CertifiedModels(staging);
        var exchange = new Exchange(staging, ledger, registry, MarketRules.STANDARD);
        var _ = new CreditHandles(staging, exchange, registry);
        var _ = new Deposits(staging, ledger);
        var _ = new GranularCertificates(staging, ledger, claims);
        var interventions = new Interventions(staging, ledger, registry, Unwinding.NOTHING);
        var _ = new Corrections(staging, claims, registry, interventions);
        var programmes = new Programmes(staging, ledger);
        var rewards = new Rewards(staging, ledger, programmes);
        var _ = new Imports(staging, meters, claims, rewards);
        var stakes = new Stakes(staging, ledger, programmes, rewards, StakingRules.STANDARD);
        var nobody = AccountId.system("nobody");
        var _ = new Proposals(staging, programmes, stakes, new FeeAccounts(nobody, nobody));
    }

    /// Fresh ones: each counts through one audit.
    static List<RowAudit> everyRowAudit() {
        return List.of(
                new NullAudit(),
                new BalanceAudit(),
                new AnswerAudit(),
                new SettlementAudit(),
                new AccountHistoryAudit(),
                new ReadingAudit(),
                new PacketAudit(),
                new RegisterAudit(),
                new UndoAudit(),
                new ClaimAudit(),
                new WorkflowAudit(),
                new PoolAudit(),
                new RetirementAudit(),
                new LifeAudit(),
                new GranularAudit(),
                new TradeAudit(),
                new RewardAudit(),
                new HistoryAudit(),
                new AccessAudit());
    }

    Staging staging() {
        return staging;
    }

    List<RowAudit> rowAudits() {
        return rowAudits;
    }

    /// Every table that mirrors a machine's state, but for the ledger's.
    public static List<Tables> tables() {
        return List.of(
                MeteringTables.all(),
                RegistryTables.all(),
                InterventionTables.all(),
                GranularTables.all(),
                MarketTables.all(),
                RewardTables.all(),
                HistoryTables.all(),
                CreditHandleTable.all(),
                CertifiedModelTable.all(),
                AccessTables.all());
    }
}
