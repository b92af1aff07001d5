package org.wattmark.server.rewards;

import java.sql.Connection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.rewards.Stake;
import org.wattmark.rewards.Stakes;
import org.wattmark.server.ledger.MapTable;

/// What each account has locked. The stakes themselves say it.
final class StakedTable implements MapTable<Stakes.StakedKey, Long> {

    @Override
    public String map() {
        return "reward_staked";
    }

    /// The stakes of the same batch say it all.
    @Override
    public void write(Connection connection, List<Row<Stakes.StakedKey, Long>> changes) {}

    @Override
    public Map<Stakes.StakedKey, Long> load(JdbcClient jdbc) {
        return jdbc
                .sql(StakeTable.SELECT + " where state = 'LOCKED'")
                .query((row, _) -> StakeTable.stake(row))
                .list()
                .stream()
                .collect(
                        Collectors.groupingBy(
                                stake -> new Stakes.StakedKey(stake.programme(), stake.account()),
                                Collectors.summingLong(Stake::microUnits)));
    }
}
