package org.wattmark.server.registry;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.registry.PoolDivided;
import org.wattmark.registry.PoolMembership;
import org.wattmark.registry.PoolShare;
import org.wattmark.registry.PoolStanding;
import org.wattmark.registry.Pools;
import org.wattmark.server.ledger.RowAudit;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;

/// The history of pools and the shares of their members are the journal's.
public final class PoolAudit implements RowAudit {

    private long steps;
    private long shares;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        if (page.stream()
                .noneMatch(each ->
                        each.fact() instanceof PoolMembership
                                || each.fact() instanceof PoolDivided)) {
            return;
        }
        long first = page.getFirst().sequence();
        long last = page.getLast().sequence();
        var stepRows = new HashMap<Long, Pools.StepTaken>();
        jdbc.sql(
                        """
                        select sequence, at, project_id, organisation_id, standing, person_id
                        from pool_step where sequence between :first and :last
                        """)
                .param("first", first)
                .param("last", last)
                .query(row -> {
                    stepRows.put(
                            row.getLong(1),
                            new Pools.StepTaken(
                                    row.getLong(1),
                                    row.getTimestamp(2).toInstant(),
                                    new PoolMembership(
                                            row.getObject(3, UUID.class),
                                            row.getObject(4, UUID.class),
                                            PoolStanding.valueOf(row.getString(5)),
                                            row.getObject(6, UUID.class))));
                });
        var shareRows = shareRows(first, last, jdbc);
        for (var entry : page) {
            switch (entry.fact()) {
                case PoolMembership step -> {
                    steps++;
                    var expected = new Pools.StepTaken(entry.sequence(), entry.at(), step);
                    if (!expected.equals(stepRows.get(entry.sequence()))) {
                        found.add(entry.sequence(), "its row in a pool's history differs");
                    }
                }
                case PoolDivided divided -> {
                    shares += divided.shares().size();
                    for (var share : divided.shares()) {
                        var row = new Pools.ShareTaken(entry.sequence(), divided.block(), share);
                        if (!shareRows.contains(row)) {
                            found.add(entry.sequence(), "a share of a pool's member differs");
                        }
                    }
                }
                default -> {}
            }
        }
    }

    private static Set<Pools.ShareTaken> shareRows(long first, long last, JdbcClient jdbc) {
        var shareRows = new HashSet<Pools.ShareTaken>();
        jdbc.sql(
                        """
                        select sequence, block_id, organisation_id, watt_hours, grams,
                            carried_nanograms
                        from pool_share where sequence between :first and :last
                        """)
                .param("first", first)
                .param("last", last)
                .query(row -> {
                    shareRows.add(
                            new Pools.ShareTaken(
                                    row.getLong(1),
                                    row.getObject(2, UUID.class),
                                    new PoolShare(
                                            row.getObject(3, UUID.class),
                                            new Energy(row.getLong(4)),
                                            new Co2e(row.getLong(5)),
                                            row.getLong(6))));
                });
        return shareRows;
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("pool_step", steps, jdbc, found);
        RowAudit.requireCount("pool_share", shares, jdbc, found);
    }
}
