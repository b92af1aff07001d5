package org.wattmark.server.rewards;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.rewards.Motion;
import org.wattmark.rewards.Proposal;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.UnreadableRow;
import org.wattmark.units.Canonical;

/// Proposals; only their state and who decided them ever change.
final class ProposalTable implements MapTable<UUID, Proposal> {

    static final String SELECT = "select * from reward_proposal";

    private static final String UPSERT =
            """
            insert into reward_proposal (id, proposed_by, motion, state, decided_by)
            select * from unnest(?, ?, ?, ?, ?)
            on conflict (id) do update
                set state = excluded.state, decided_by = excluded.decided_by
            """;

    @Override
    public String map() {
        return "reward_proposal";
    }

    @Override
    public void write(Connection connection, List<Row<UUID, Proposal>> changes)
            throws SQLException {
        var proposals = changes.stream().map(Row::value).toList();
        Insert.into(connection, UPSERT)
                .column("uuid", proposals.stream().map(Proposal::id).toList())
                .column("uuid", proposals.stream().map(Proposal::proposedBy).toList())
                .column(
                        "bytea",
                        proposals.stream().map(each -> each.motion().toByteArray()).toList())
                .column("text", proposals.stream().map(each -> each.state().name()).toList())
                .column("uuid", proposals.stream().map(p -> p.decidedBy().orElse(null)).toList())
                .execute();
    }

    @Override
    public Map<UUID, Proposal> load(JdbcClient jdbc) {
        return jdbc.sql(SELECT).query((row, _) -> proposal(row)).list().stream()
                .collect(Collectors.toMap(Proposal::id, each -> each));
    }

    static Proposal proposal(ResultSet row) throws SQLException {
        try {
            return new Proposal(
                    row.getObject("id", UUID.class),
                    row.getObject("proposed_by", UUID.class),
                    Motion.of(row.getBytes("motion")),
                    Proposal.State.valueOf(row.getString("state")),
                    Optional.ofNullable(row.getObject("decided_by", UUID.class)));
        } catch (Canonical.Malformed e) {
            throw new UnreadableRow("a motion: " + e.getMessage());
        }
    }
}
