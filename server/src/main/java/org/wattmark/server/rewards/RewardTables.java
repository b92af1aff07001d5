package org.wattmark.server.rewards;

import java.util.List;
import org.wattmark.server.ledger.Tables;

/// The tables of rewards. A programme comes before what refers to it.
public final class RewardTables {

    private RewardTables() {}

    public static Tables all() {
        return new Tables(
                List.of(
                        new ProgrammeTable(),
                        new TermsTable(),
                        new TariffTable(),
                        new ProposalTable(),
                        new EnrolmentTable(),
                        new RewardDayTable(),
                        new CorrectionTable(),
                        new DebtTable(),
                        new StakeTable(),
                        new StakedTable()),
                List.of(new RewardTable(), new PayoutTable()));
    }
}
