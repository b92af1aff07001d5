package org.wattmark.server.cadt;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.units.Bytes;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What other registries have told, where it is kept: history, and no units of ours.
final class CadtImports {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<LinkedHashMap<String, String>> FIELDS =
            new TypeReference<>() {};

    /// One import after another: each is judged by what stands.
    private static final long LOCK = 0x43414454; // "CADT"

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    CadtImports(JdbcClient jdbc, TransactionTemplate transaction, InstantSource clock) {
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    static Map<String, String> fields(String json) {
        return JSON.readValue(json, FIELDS);
    }

    /// @param answer as JSON, of the import when it was made
    record Import(UUID id, Bytes file, String answer, Instant at, Optional<Instant> undoneAt) {

        static Import read(ResultSet row) throws SQLException {
            return new Import(
                    row.getObject("id", UUID.class),
                    Bytes.of(row.getBytes("file_sha256")),
                    row.getString("answer"),
                    row.getTimestamp("at").toInstant(),
                    Optional.ofNullable(row.getTimestamp("undone_at")).map(Timestamp::toInstant));
        }
    }

    Optional<Import> find(UUID id) {
        return jdbc.sql("select * from cadt_import where id = :id")
                .param("id", id)
                .query((row, _) -> Import.read(row))
                .optional();
    }

    /// Does all of it in one transaction, and nobody else's in between.
    <T> T alone(Supplier<T> work) {
        var done =
                transaction.execute(_ -> {
                    jdbc.sql("select pg_advisory_xact_lock(:lock)")
                            .param("lock", LOCK)
                            .query(_ -> {});
                    return work.get();
                });
        return Objects.requireNonNull(done);
    }

    void store(UUID id, Bytes file, List<CadtRow> rows, JsonNode answer) {
        jdbc.sql(
                        """
                        insert into cadt_import (id, file_sha256, answer, at)
                        values (:id, :file, cast(:answer as json), :at)
                        """)
                .param("id", id)
                .param("file", file.toByteArray())
                .param("answer", answer.toString())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        storeRows(id, rows);
    }

    /// All of them by one statement: a file has tens of thousands, and others wait for the lock.
    private void storeRows(UUID id, List<CadtRow> rows) {
        jdbc.sql(
                        """
                        insert into cadt_row (import_id, kind, row_id, parent, position, fields)
                        select :import, kind, row_id, parent, position - 1, cast(fields as json)
                        from unnest(:kinds, :ids, :parents, :fields)
                            with ordinality as row (kind, row_id, parent, fields, position)
                        """)
                .param("import", id)
                .param("kinds", column(rows, row -> row.kind().name()))
                .param("ids", column(rows, CadtRow::id))
                .param("parents", column(rows, CadtRow::parent))
                .param("fields", column(rows, row -> JSON.writeValueAsString(row.fields())))
                .update();
    }

    private static String[] column(List<CadtRow> rows, Function<CadtRow, String> value) {
        return rows.stream().map(value).toArray(String[]::new);
    }

    /// A row of another standing import that refers to one of this import, if there is one.
    Optional<String> hangingOn(UUID id) {
        return jdbc.sql(
                        """
                        select child.import_id || ' (' || child.row_id || ')'
                        from cadt_row as child
                        join cadt_import on cadt_import.id = child.import_id
                            and undone_at is null
                        join cadt_row as parent on parent.import_id = :id
                            and parent.row_id = child.parent
                            and parent.kind = case child.kind when 'UNIT' then 'ISSUANCE'
                                when 'ISSUANCE' then 'PROJECT' end
                        where child.import_id <> :id
                        order by 1 limit 1
                        """)
                .param("id", id)
                .query(String.class)
                .optional();
    }

    void undo(UUID id) {
        jdbc.sql("update cadt_import set undone_at = :now where id = :id and undone_at is null")
                .param("now", Timestamp.from(clock.instant()))
                .param("id", id)
                .update();
    }

    List<Import> standing(UUID after, int limit) {
        return jdbc.sql(
                        """
                        select * from cadt_import where id > :after and undone_at is null
                        order by id limit :limit
                        """)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> Import.read(row))
                .list();
    }

    record StoredRow(int position, CadtRow.Kind kind, Map<String, String> fields) {}

    List<StoredRow> rows(UUID id, long after, int limit) {
        return jdbc.sql(
                        """
                        select position, kind, fields from cadt_row
                        join cadt_import on cadt_import.id = import_id and undone_at is null
                        where import_id = :id and position > :after
                        order by position limit :limit
                        """)
                .param("id", id)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) ->
                        new StoredRow(
                                row.getInt(1),
                                CadtRow.Kind.valueOf(row.getString(2)),
                                fields(row.getString(3))))
                .list();
    }
}
