package org.wattmark.server.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.ledger.Batch;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Journal;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.StagedMap.Change;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.units.Bytes;
import org.wattmark.units.Canonical;

/// The journal in PostgreSQL: a batch is one transaction over the journal, the tables it adds up to
/// and the answers.
public final class JdbcJournal implements Journal {

    /// The row of the leader is locked by this until the commit, so a new leader waits for a batch
    /// that is under way and sees it.
    private static final String EXTEND =
            """
            with extended as (
                update leader set next_sequence = ?, leads_until = clock_timestamp() + ?::interval,
                    settled_sequence = case when ? then ? else settled_sequence end
                where epoch = ? and next_sequence = ?
                returning epoch
            )
            insert into batch (id, epoch, first_sequence, last_sequence)
            select ?, epoch, ?, ? from extended
            """;

    private static final String LEAD =
            """
            update leader set epoch = epoch + 1, leads_until = clock_timestamp() + ?::interval
            where ? or leads_until < clock_timestamp()
            returning epoch
            """;

    private static final String SETTLE =
            """
            insert into settlement (next_sequence, first_sequence, moved)
            select ?, coalesce(max(next_sequence), 0), ?::jsonb from settlement
            """;

    private static final String DECIDED =
            """
            select entry.*, command.fingerprint, command.outcome
            from (select %s from journal where id = any (?)) as entry
            left join command on command.id = entry.id
            """
                    .formatted(JournalRow.WITHOUT_PRIVATE);

    private static final String COMMANDS = "command (id, batch, sequence, fingerprint, outcome)";

    /// What a command's row takes, about.
    private static final int COMMAND_BYTES = 512;

    private static final String LEASE = Journal.LEASE.toMillis() + " milliseconds";

    /// The constraints that say that an id was decided before.
    private static final List<String> TAKEN = List.of("journal_id_taken", "command_pkey");

    private final DataSource dataSource;
    private final OutcomeCodec outcomes;
    private final Numbers numbers = new Numbers();
    private final JournalRows rows = new JournalRows(numbers);
    private final Map<String, MapTable<?, ?>> mapTables = new LinkedHashMap<>();
    private final Map<Class<?>, RowTable<?>> rowTables;

    /// @param tables of all capabilities but the ledger
    public JdbcJournal(DataSource dataSource, OutcomeCodec outcomes, Collection<Tables> tables) {
        this.dataSource = dataSource;
        this.outcomes = outcomes;
        Tables.ofLedger(numbers).maps().forEach(each -> mapTables.put(each.map(), each));
        for (var each : tables) {
            each.maps().forEach(table -> mapTables.put(table.map(), table));
        }
        this.rowTables =
                tables.stream()
                        .flatMap(each -> each.rows().stream())
                        .collect(Collectors.toMap(RowTable::type, table -> table));
    }

    @Override
    public long lead() {
        return lead(true).orElseThrow();
    }

    @Override
    public OptionalLong leadIfFree() {
        return lead(false);
    }

    /// In one transaction with the settlement of what the leader before has left.
    private OptionalLong lead(boolean inAnyCase) {
        try (var connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            var epoch = takeLead(connection, inAnyCase);
            if (epoch.isPresent()) {
                UnsettledTail.settle(connection);
            }
            connection.commit();
            return epoch;
        } catch (SQLException e) {
            throw new Unreachable("the lead cannot be taken: " + e.getMessage(), e);
        }
    }

    private static OptionalLong takeLead(Connection connection, boolean inAnyCase)
            throws SQLException {
        try (var statement = connection.prepareStatement(LEAD)) {
            statement.setString(1, LEASE);
            statement.setBoolean(2, inAnyCase);
            try (var row = statement.executeQuery()) {
                return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
            }
        }
    }

    @Override
    public boolean renew(long epoch) {
        return prolong(epoch, LEASE);
    }

    @Override
    public void resign(long epoch) {
        prolong(epoch, "0");
    }

    private boolean prolong(long epoch, String lease) {
        return reach(() ->
                jdbc().sql(
                                        """
                                        update leader
                                        set leads_until = clock_timestamp() + ?::interval
                                        where epoch = ?
                                        """)
                                .param(lease)
                                .param(epoch)
                                .update()
                        == 1);
    }

    /// The numbers of accounts and assets as this journal knows them.
    public Numbers numbers() {
        return numbers;
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
        return reach(() -> {
            var jdbc = jdbc();
            var found =
                    jdbc.sql(DECIDED)
                            .param(ids.toArray(UUID[]::new))
                            .query((row, _) -> Found.read(row))
                            .list();
            var entries = new EntryRows(numbers, jdbc);
            return found.stream()
                    .map(each -> each.decided(outcomes, entries))
                    .collect(Collectors.toMap(Decided::id, each -> each));
        });
    }

    /// A command's first entry and what is kept of its answer, if anything is.
    private record Found(JournalRow entry, @Nullable Bytes fingerprint, @Nullable String outcome) {

        static Found read(ResultSet row) throws SQLException {
            var fingerprint = row.getBytes("fingerprint");
            return new Found(
                    JournalRow.withoutPrivate(row),
                    fingerprint == null ? null : Bytes.of(fingerprint),
                    row.getString("outcome"));
        }

        Decided decided(OutcomeCodec outcomes, EntryRows entries) {
            var id = Objects.requireNonNull(entry.id());
            if (outcome != null && fingerprint != null) {
                var encoded = outcome.getBytes(StandardCharsets.UTF_8);
                return new Decided(
                        id,
                        fingerprint,
                        outcomes.decode(encoded),
                        Bytes.of(encoded),
                        entry.sequence());
            }
            var posted = entries.transfer(entry);
            var command = PostTransfer.of((TransferPosted) posted.fact());
            return new Decided(
                    id,
                    Bytes.of(Canonical.sha256(command.content())),
                    new Posting.Posted(List.of(posted.receipt())),
                    Bytes.EMPTY,
                    entry.sequence());
        }
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
        } catch (PSQLException e) {
            var detail = e.getServerErrorMessage();
            var constraint = detail == null ? null : detail.getConstraint();
            return constraint != null && TAKEN.contains(constraint)
                    ? new Appended.IdTaken()
                    : failed(e);
        } catch (SQLException e) {
            return failed(e);
        } catch (RuleBroken e) {
            return new Appended.Violated(String.valueOf(e.getMessage()));
        }
    }

    private static Appended failed(SQLException e) {
        return isPassing(e)
                ? new Appended.NotCommitted(String.valueOf(e.getMessage()))
                : new Appended.Violated(String.valueOf(e.getMessage()));
    }

    private static boolean extend(Connection connection, Batch batch) throws SQLException {
        try (var statement = connection.prepareStatement(EXTEND)) {
            statement.setLong(1, batch.lastSequence() + 1);
            statement.setString(2, LEASE);
            statement.setBoolean(3, batch.settlesTotals());
            statement.setLong(4, batch.lastSequence() + 1);
            statement.setLong(5, batch.epoch());
            statement.setLong(6, batch.firstSequence());
            statement.setObject(7, batch.id());
            statement.setLong(8, batch.firstSequence());
            statement.setLong(9, batch.lastSequence());
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
                ? new Appended.Diverged("the journal does not end before " + batch.firstSequence())
                : new Appended.Fenced();
    }

    private void write(Connection connection, Batch batch) throws SQLException {
        numbers.learn(batch.changes());
        rows.write(connection, batch);
        insertCommands(connection, batch);
        writeChanges(connection, batch.changes());
        writeRows(connection, batch.rows());
        if (batch.settlesTotals()) {
            settle(connection, batch);
        }
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

    private static void settle(Connection connection, Batch batch) throws SQLException {
        try (var statement = connection.prepareStatement(SETTLE)) {
            statement.setLong(1, batch.lastSequence() + 1);
            statement.setString(2, Moved.of(batch).asJson());
            statement.executeUpdate();
        }
    }

    private static void insertCommands(Connection connection, Batch batch) throws SQLException {
        var decided = batch.decided().stream().filter(each -> !each.isInItsEntry()).toList();
        if (decided.isEmpty()) {
            return;
        }
        var rows = new BinaryCopy(COMMAND_BYTES * decided.size());
        for (var each : decided) {
            rows.row(5)
                    .uuid(each.id())
                    .uuid(batch.id())
                    .bigint(each.sequence())
                    .bytea(each.fingerprint().toByteArray())
                    .bytea(each.encoded().toByteArray()); // text is its UTF-8
        }
        rows.into(connection, COMMANDS);
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
