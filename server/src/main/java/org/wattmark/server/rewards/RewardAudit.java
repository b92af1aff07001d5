package org.wattmark.server.rewards;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.rewards.Payout;
import org.wattmark.rewards.Reward;
import org.wattmark.rewards.RewardCorrected;
import org.wattmark.rewards.RewardsAccrued;
import org.wattmark.rewards.RewardsPaid;
import org.wattmark.server.ledger.RowAudit;

/// The tables of rewards and payouts are the journal's; and what an accrual or a correction says
/// was moved, the transfer before it has moved. That the amounts follow from the rules the replay
/// has found out by reckoning them again.
public final class RewardAudit implements RowAudit {

    private long rewards;
    private long payouts;

    /// The last entry that is a transfer: an accrual stands right after its own.
    private @Nullable Transfer last;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            switch (entry.fact()) {
                case RewardsAccrued accrued -> check(entry.sequence(), accrued, jdbc, found);
                case RewardCorrected corrected ->
                        requireMoved(
                                entry.sequence(),
                                Transfer.derivedId(corrected.correction(), 0),
                                corrected.taken(),
                                found);
                case RewardsPaid(var payout) -> check(entry.sequence(), payout, jdbc, found);
                default -> {}
            }
            last = entry.fact() instanceof TransferPosted posted ? posted.transfer() : null;
        }
    }

    private void check(
            long sequence, RewardsAccrued accrued, JdbcClient jdbc, Discrepancies found) {
        rewards += accrued.intervals().size();
        requireMoved(
                sequence, Transfer.derivedId(accrued.accrual(), 0), accrued.transferred(), found);
        Set<Reward> said = new HashSet<>();
        accrued.intervals()
                .forEach(each ->
                        said.add(
                                new Reward(
                                        accrued.accrual(),
                                        accrued.programme(),
                                        accrued.device(),
                                        each)));
        var rows =
                jdbc.sql("select * from reward where accrual_id = :accrual")
                        .param("accrual", accrued.accrual())
                        .query((row, _) -> RewardTable.reward(row))
                        .list();
        if (rows.size() != said.size() || !said.containsAll(rows)) {
            found.add(sequence, "its rows in the table of rewards differ");
        }
    }

    private void requireMoved(long sequence, UUID transfer, long amount, Discrepancies found) {
        var moved = last != null && last.id().equals(transfer) ? last.amount() : 0;
        if (moved != amount) {
            found.add(sequence, "it says that %d moved, and %d did".formatted(amount, moved));
        }
    }

    private void check(long sequence, Payout payout, JdbcClient jdbc, Discrepancies found) {
        payouts++;
        var rows =
                jdbc.sql("select * from reward_payout where id = :id")
                        .param("id", payout.id())
                        .query((row, _) -> PayoutTable.payout(row))
                        .list();
        if (!rows.equals(List.of(payout))) {
            found.add(sequence, "its row in the table of payouts differs");
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("reward", rewards, jdbc, found);
        RowAudit.requireCount("reward_payout", payouts, jdbc, found);
    }
}
