package org.wattmark.server.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Journal;
import org.wattmark.ledger.StagedMap.Change;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.units.Bytes;

/// The journal in PostgreSQL: a batch is one transaction over the journal, the tables it adds up to
/// and the answers.
public final class JdbcJournal implements Journal {

    private static final String EXTEND =
            """
            update leader set next_sequence = ? where epoch = ? and next_sequence = ?
            """;

    private static final String INSERT_BATCH =
            """
            insert into batch (id, epoch, first_sequence, last_sequence, moved)
            values (?, ?, ?, ?, ?::jsonb)
            """;

    private static final String INSERT_ENTRIES =
            """
            insert into journal (sequence, epoch, at, leaf, private_content, salt)
            select * from unnest(?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_TRANSFERS =
            """
            insert into transfer (sequence, id, debit, credit, asset, amount, role, hold)
            select * from unnest(?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_COMMANDS =
            """
            insert into command (id, batch, position, fingerprint, outcome)
            select * from unnest(?, ?, ?, ?, ?)
            """;

    private final DataSource dataSource;
    private final OutcomeCodec outcomes;
    private final Map<String, MapTable<?, ?>> mapTables;
    private final Map<Class<?>, RowTable<?>> rowTables;

    public JdbcJournal(DataSource dataSource, OutcomeCodec outcomes, Collection<Tables> tables) {
        this.dataSource = dataSource;
        this.outcomes = outcomes;
        this.mapTables =
                tables.stream()
                        .flatMap(each -> each.maps().stream())
                        .collect(Collectors.toMap(MapTable::map, table -> table));
        this.rowTables =
                tables.stream()
                        .flatMap(each -> each.rows().stream())
                        .collect(Collectors.toMap(RowTable::type, table -> table));
    }

    @Override
    public long lead() {
        return reach(() ->
                jdbc().sql("update leader set epoch = epoch + 1 returning epoch")
                        .query(Long.class)
                        .single());
    }

    @Override
    public Loaded load() {
        return reach(() -> {
            var maps = new HashMap<String, Map<?, ?>>();
            mapTables.forEach((name, table) -> maps.put(name, table.load(jdbc())));
            long next = jdbc().sql("select next_sequence from leader").query(Long.class).single();
            return new Loaded(next, maps);
        });
    }

    @Override
    public Map<UUID, Decided> decided(Collection<UUID> ids) {
        return reach(() ->
                jdbc()
                        .sql("select id, fingerprint, outcome from command" + " where id = any (?)")
                        .param(ids.toArray(UUID[]::new))
                        .query((row, _) -> decided(row))
                        .list()
                        .stream()
                        .collect(Collectors.toMap(Decided::id, each -> each)));
    }

    private Decided decided(ResultSet row) throws SQLException {
        var encoded = row.getString("outcome").getBytes(StandardCharsets.UTF_8);
        return new Decided(
                row.getObject("id", UUID.class),
                Bytes.of(row.getBytes("fingerprint")),
                outcomes.decode(encoded),
                Bytes.of(encoded));
    }

    @Override
    public boolean isCommitted(UUID batch) {
        return reach(() ->
                jdbc().sql("select exists (select from batch where id = ?)")
                        .param(batch)
                        .query(Boolean.class)
                        .single());
    }

    @Override
    public Appended append(Batch batch) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            if (!extend(connection, batch)) {
                return whyNotExtended(connection, batch);
            }
            write(connection, batch);
            return commit(connection);
        } catch (SQLException e) {
            return isPassing(e)
                    ? new Appended.NotCommitted(String.valueOf(e.getMessage()))
                    : new Appended.Violated(String.valueOf(e.getMessage()));
        } catch (RuleBroken e) {
            return new Appended.Violated(String.valueOf(e.getMessage()));
        }
    }

    /// The row of the leader is locked by this until the commit, so a new leader waits for a batch
    /// that is under way and sees it.
    private static boolean extend(Connection connection, Batch batch) throws SQLException {
        try (var statement = connection.prepareStatement(EXTEND)) {
            statement.setLong(1, batch.lastSequence() + 1);
            statement.setLong(2, batch.epoch());
            statement.setLong(3, batch.firstSequence());
            return statement.executeUpdate() == 1;
        }
    }

    private static Appended whyNotExtended(Connection connection, Batch batch) throws SQLException {
        // Read on the transaction's own connection: the pool may have no other to give.
        var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        boolean known =
                jdbc.sql("select exists (select from batch where id = ?)")
                        .param(batch.id())
                        .query(Boolean.class)
                        .single();
        long epoch = jdbc.sql("select epoch from leader").query(Long.class).single();
        connection.rollback();
        if (known) {
            return new Appended.Committed();
        }
        return epoch == batch.epoch()
                ? new Appended.Violated("the journal does not end before " + batch.firstSequence())
                : new Appended.Fenced();
    }

    private void write(Connection connection, Batch batch) throws SQLException {
        insertBatch(connection, batch);
        insertEntries(connection, batch.entries());
        insertTransfers(connection, batch.entries());
        insertCommands(connection, batch);
        writeChanges(connection, batch.changes());
        writeRows(connection, batch.rows());
    }

    private static Appended commit(Connection connection) throws SQLException {
        try {
            connection.commit();
            return new Appended.Committed();
        } catch (SQLException e) {
            // With a state of integrity or of serialisation the server has said no. Anything else
            // may have reached it and lost only the answer.
            var state = String.valueOf(e.getSQLState());
            if (state.startsWith("23") || state.startsWith("40")) {
                throw e;
            }
            return new Appended.Unknown(String.valueOf(e.getMessage()));
        }
    }

    /// Whether the same transaction may succeed later: the connection, a deadlock or serialisation
    /// conflict, exhausted resources, a server that shuts down or a lock that was not to be had.
    private static boolean isPassing(SQLException e) {
        var state = String.valueOf(e.getSQLState());
        return e instanceof SQLTransientException
                || List.of("08", "40", "53", "57", "58", "XX").contains(classOf(state))
                || state.equals("55P03")
                || state.equals("25006"); // a read-only standby, before it is promoted
    }

    private static String classOf(String sqlState) {
        return sqlState.length() < 2 ? "" : sqlState.substring(0, 2);
    }

    private static void insertBatch(Connection connection, Batch batch) throws SQLException {
        try (var statement = connection.prepareStatement(INSERT_BATCH)) {
            statement.setObject(1, batch.id());
            statement.setLong(2, batch.epoch());
            statement.setLong(3, batch.firstSequence());
            statement.setLong(4, batch.lastSequence());
            statement.setString(5, Moved.of(batch).asJson());
            statement.executeUpdate();
        }
    }

    private static void insertEntries(Connection connection, List<Entry> entries)
            throws SQLException {
        Insert.into(connection, INSERT_ENTRIES)
                .column("bigint", entries.stream().map(Entry::sequence).toList())
                .column("bigint", entries.stream().map(Entry::epoch).toList())
                .column("timestamptz", entries.stream().map(e -> timestamp(e.at())).toList())
                .column("bytea", entries.stream().map(Entry::leaf).toList())
                .column("bytea", entries.stream().map(JdbcJournal::privateContent).toList())
                .column("bytea", entries.stream().map(JdbcJournal::salt).toList())
                .execute();
    }

    private static byte @Nullable [] privateContent(Entry entry) {
        return entry.fact().isSalted() ? entry.fact().content() : null;
    }

    private static byte @Nullable [] salt(Entry entry) {
        return entry.fact().isSalted() ? entry.salt().toByteArray() : null;
    }

    private static void insertTransfers(Connection connection, List<Entry> entries)
            throws SQLException {
        var posted = new LinkedHashMap<Long, TransferPosted>();
        for (var entry : entries) {
            if (entry.fact() instanceof TransferPosted fact) {
                posted.put(entry.sequence(), fact);
            }
        }
        var facts = List.copyOf(posted.values());
        var transfers = facts.stream().map(TransferPosted::transfer).toList();
        Insert.into(connection, INSERT_TRANSFERS)
                .column("bigint", List.copyOf(posted.keySet()))
                .column("uuid", transfers.stream().map(t -> t.id()).toList())
                .column("text", transfers.stream().map(t -> t.debit().value()).toList())
                .column("text", transfers.stream().map(t -> t.credit().value()).toList())
                .column("text", transfers.stream().map(t -> t.asset().code()).toList())
                .column("bigint", transfers.stream().map(t -> t.amount()).toList())
                .column("text", facts.stream().map(f -> f.role().name()).toList())
                .column("uuid", facts.stream().map(TransferPosted::hold).toList())
                .execute();
    }

    private static void insertCommands(Connection connection, Batch batch) throws SQLException {
        var decided = batch.decided();
        Insert.into(connection, INSERT_COMMANDS)
                .column("uuid", decided.stream().map(Decided::id).toList())
                .column("uuid", decided.stream().map(_ -> batch.id()).toList())
                .column("integer", IntStream.range(0, decided.size()).boxed().toList())
                .column("bytea", decided.stream().map(d -> d.fingerprint().toByteArray()).toList())
                .column("text", decided.stream().map(JdbcJournal::encodedText).toList())
                .execute();
    }

    private static String encodedText(Decided decided) {
        return new String(decided.encoded().toByteArray(), StandardCharsets.UTF_8);
    }

    private void writeChanges(Connection connection, List<Change> changes) throws SQLException {
        var byMap =
                changes.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Change::map, LinkedHashMap::new, Collectors.toList()));
        for (var each : byMap.entrySet()) {
            write(connection, tableOf(each.getKey()), each.getValue());
        }
    }

    private MapTable<?, ?> tableOf(String map) {
        return Objects.requireNonNull(mapTables.get(map), () -> "no table mirrors " + map);
    }

    private static <K, V> void write(
            Connection connection, MapTable<K, V> table, List<Change> changes) throws SQLException {
        table.write(connection, changes.stream().map(MapTable.Row::<K, V>of).toList());
    }

    private void writeRows(Connection connection, List<Object> rows) throws SQLException {
        var byType =
                rows.stream()
                        .collect(
                                Collectors.groupingBy(
                                        Object::getClass, LinkedHashMap::new, Collectors.toList()));
        for (var each : byType.entrySet()) {
            var table =
                    Objects.requireNonNull(
                            rowTables.get(each.getKey()), () -> "no table for " + each.getKey());
            write(connection, table, each.getValue());
        }
    }

    @SuppressWarnings("unchecked") // rows are grouped by the type that names their table
    private static <R> void write(Connection connection, RowTable<R> table, List<Object> rows)
            throws SQLException {
        table.write(connection, (List<R>) rows);
    }

    private static Timestamp timestamp(Instant instant) {
        return Timestamp.from(instant);
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(dataSource);
    }

    private static <T> T reach(Supplier<T> question) {
        try {
            return question.get();
        } catch (DataAccessException e) {
            throw new Unreachable("the database does not answer: " + e.getMessage(), e);
        }
    }
}
