package org.wattmark.server.registry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.PoolBalance;
import org.wattmark.registry.PoolDivision;
import org.wattmark.registry.PoolMember;
import org.wattmark.registry.PoolStanding;
import org.wattmark.registry.Pools;
import org.wattmark.server.ledger.Insert;
import org.wattmark.server.ledger.MapTable;
import org.wattmark.server.ledger.RowTable;
import org.wattmark.units.Co2e;

/// The tables of pools: each says what a pool has, who belongs to it, and what was shared.
final class PoolTables {

    private PoolTables() {}

    static List<MapTable<?, ?>> maps() {
        return List.of(new Balances(), new Memberships(), new Divisions());
    }

    static List<RowTable<?>> rows() {
        return List.of(new Steps(), new Shares());
    }

    private static final class Balances implements MapTable<UUID, PoolBalance> {

        private static final String UPSERT =
                """
                insert into pool (project_id, undivided_nanograms) select * from unnest(?, ?)
                on conflict (project_id) do update set
                    undivided_nanograms = excluded.undivided_nanograms
                """;

        @Override
        public String map() {
            return "pool";
        }

        @Override
        public void write(Connection connection, List<Row<UUID, PoolBalance>> changes)
                throws SQLException {
            Insert.into(connection, UPSERT)
                    .column("uuid", changes.stream().map(Row::key).toList())
                    .column(
                            "numeric",
                            changes.stream()
                                    .map(row -> row.value().undividedNanograms().toString())
                                    .toList())
                    .execute();
        }

        @Override
        public Map<UUID, PoolBalance> load(JdbcClient jdbc) {
            return jdbc
                    .sql("select project_id, undivided_nanograms from pool")
                    .query((row, _) ->
                            new PoolBalance(
                                    row.getObject(1, UUID.class),
                                    row.getBigDecimal(2).toBigIntegerExact()))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(PoolBalance::project, each -> each));
        }
    }

    private static final class Memberships implements MapTable<PoolMember.Key, PoolMember> {

        private static final String UPSERT =
                """
                insert into pool_member (project_id, organisation_id, standing, carried_nanograms)
                select * from unnest(?, ?, ?, ?)
                on conflict (project_id, organisation_id) do update set
                    standing = excluded.standing,
                    carried_nanograms = excluded.carried_nanograms
                """;

        @Override
        public String map() {
            return "pool_member";
        }

        @Override
        public void write(Connection connection, List<Row<PoolMember.Key, PoolMember>> changes)
                throws SQLException {
            var members = changes.stream().map(Row::value).toList();
            Insert.into(connection, UPSERT)
                    .column("uuid", members.stream().map(each -> each.key().project()).toList())
                    .column(
                            "uuid",
                            members.stream().map(each -> each.key().organisation()).toList())
                    .column("text", members.stream().map(each -> each.standing().name()).toList())
                    .column("bigint", members.stream().map(PoolMember::carriedNanograms).toList())
                    .execute();
        }

        @Override
        public Map<PoolMember.Key, PoolMember> load(JdbcClient jdbc) {
            return jdbc
                    .sql(
                            """
                            select project_id, organisation_id, standing, carried_nanograms
                            from pool_member
                            """)
                    .query((row, _) ->
                            new PoolMember(
                                    new PoolMember.Key(
                                            row.getObject(1, UUID.class),
                                            row.getObject(2, UUID.class)),
                                    PoolStanding.valueOf(row.getString(3)),
                                    row.getLong(4)))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(PoolMember::key, each -> each));
        }
    }

    private static final class Divisions implements MapTable<UUID, PoolDivision> {

        private static final String INSERT =
                """
                insert into pool_division
                    (block_id, project_id, divided_grams, given_grams, sequence, at)
                select * from unnest(?, ?, ?, ?, ?, ?)
                """;

        @Override
        public String map() {
            return "pool_division";
        }

        @Override
        public void write(Connection connection, List<Row<UUID, PoolDivision>> changes)
                throws SQLException {
            var divisions = changes.stream().map(Row::value).toList();
            Insert.into(connection, INSERT)
                    .column("uuid", divisions.stream().map(PoolDivision::block).toList())
                    .column("uuid", divisions.stream().map(PoolDivision::project).toList())
                    .column("bigint", divisions.stream().map(d -> d.divided().grams()).toList())
                    .column("bigint", divisions.stream().map(d -> d.given().grams()).toList())
                    .column("bigint", divisions.stream().map(PoolDivision::sequence).toList())
                    .column(
                            "timestamptz",
                            divisions.stream().map(d -> Timestamp.from(d.at())).toList())
                    .execute();
        }

        @Override
        public Map<UUID, PoolDivision> load(JdbcClient jdbc) {
            return jdbc
                    .sql(
                            """
                            select block_id, project_id, divided_grams, given_grams, sequence, at
                            from pool_division
                            """)
                    .query((row, _) ->
                            new PoolDivision(
                                    row.getObject(1, UUID.class),
                                    row.getObject(2, UUID.class),
                                    new Co2e(row.getLong(3)),
                                    new Co2e(row.getLong(4)),
                                    row.getLong(5),
                                    row.getTimestamp(6).toInstant()))
                    .list()
                    .stream()
                    .collect(Collectors.toMap(PoolDivision::block, each -> each));
        }
    }

    private static final class Steps implements RowTable<Pools.StepTaken> {

        private static final String INSERT =
                """
                insert into pool_step
                    (sequence, project_id, organisation_id, standing, person_id, at)
                select * from unnest(?, ?, ?, ?, ?, ?)
                """;

        @Override
        public Class<Pools.StepTaken> type() {
            return Pools.StepTaken.class;
        }

        @Override
        public void write(Connection connection, List<Pools.StepTaken> rows) throws SQLException {
            var steps = rows.stream().map(Pools.StepTaken::step).toList();
            Insert.into(connection, INSERT)
                    .column("bigint", rows.stream().map(Pools.StepTaken::sequence).toList())
                    .column("uuid", steps.stream().map(each -> each.project()).toList())
                    .column("uuid", steps.stream().map(each -> each.organisation()).toList())
                    .column("text", steps.stream().map(each -> each.standing().name()).toList())
                    .column("uuid", steps.stream().map(each -> each.person()).toList())
                    .column("timestamptz", rows.stream().map(r -> Timestamp.from(r.at())).toList())
                    .execute();
        }
    }

    private static final class Shares implements RowTable<Pools.ShareTaken> {

        private static final String INSERT =
                """
                insert into pool_share (block_id, organisation_id, sequence, watt_hours, grams,
                    carried_nanograms)
                select * from unnest(?, ?, ?, ?, ?, ?)
                """;

        @Override
        public Class<Pools.ShareTaken> type() {
            return Pools.ShareTaken.class;
        }

        @Override
        public void write(Connection connection, List<Pools.ShareTaken> rows) throws SQLException {
            var shares = rows.stream().map(Pools.ShareTaken::share).toList();
            Insert.into(connection, INSERT)
                    .column("uuid", rows.stream().map(Pools.ShareTaken::block).toList())
                    .column("uuid", shares.stream().map(each -> each.member()).toList())
                    .column("bigint", rows.stream().map(Pools.ShareTaken::sequence).toList())
                    .column("bigint", shares.stream().map(s -> s.generated().wattHours()).toList())
                    .column("bigint", shares.stream().map(s -> s.given().grams()).toList())
                    .column("bigint", shares.stream().map(s -> s.carriedNanograms()).toList())
                    .execute();
        }
    }
}
