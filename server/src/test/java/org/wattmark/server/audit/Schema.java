package org.wattmark.server.audit;

import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What there is to tamper with, as the database itself says: a new table or column cannot be
/// forgotten.
final class Schema {

    /// What the journal does not speak of, and why that does no harm to what it proves.
    static final Map<String, String> NOT_AUDITED =
            Map.ofEntries(
                    Map.entry("organisation", "who takes part is administration: no fact yet"),
                    Map.entry("person", "who may sign in is administration: no fact yet"),
                    Map.entry("machine_client", "who may sign in is administration: no fact yet"),
                    Map.entry("oauth2_registered_client", "who may sign in, Spring Security's"),
                    Map.entry("oauth2_authorization", "sessions and tokens, which pass"),
                    Map.entry("bond_challenge", "questions to devices; a bond keeps its own"),
                    Map.entry("account_history", "no chunk is full here; see AccountHistoryTest"),
                    Map.entry("grid_intensity", "values what is shown live and nothing else"),
                    Map.entry("mqtt_credential", "how a device signs in; its batches are signed"),
                    Map.entry("flyway_schema_history", "which migrations ran"));

    /// Columns of audited tables that mean nothing for the history.
    static final Map<String, String> COLUMNS_NOT_AUDITED =
            Map.of(
                    "leader.epoch",
                    "a leader that wrote nothing left no entry, so any later term is possible",
                    "leader.leads_until",
                    "until when nobody else takes the lead; it passes",
                    "checkpoint.signed_at",
                    "for operators; neither signed nor used",
                    "trade.number",
                    "only its order counts, which is audited: numbers may have gaps");

    private Schema() {}

    record Column(String table, String name, String type, boolean nullable) {

        @Override
        public String toString() {
            return table + "." + name;
        }
    }

    static List<String> tables(JdbcClient jdbc) {
        return jdbc.sql(
                        """
                        select table_name from information_schema.tables
                        where table_schema = 'public' and table_type = 'BASE TABLE'
                        order by table_name
                        """)
                .query((row, _) -> row.getString(1))
                .list();
    }

    static List<Column> auditedColumns(JdbcClient jdbc) {
        return jdbc
                .sql(
                        """
                        select table_name, column_name, format_type(atttypid, atttypmod) as type,
                            not attnotnull as nullable
                        from information_schema.columns
                        join pg_attribute on attname = column_name
                            and attrelid = format('%I.%I', table_schema, table_name)::regclass
                        join pg_class on pg_class.oid = attrelid and relkind = 'r'
                        where table_schema = 'public'
                        order by table_name, ordinal_position
                        """)
                .query((row, _) ->
                        new Column(
                                row.getString("table_name"),
                                row.getString("column_name"),
                                row.getString("type"),
                                row.getBoolean("nullable")))
                .list()
                .stream()
                .filter(each -> !NOT_AUDITED.containsKey(each.table()))
                .filter(each -> !COLUMNS_NOT_AUDITED.containsKey(each.toString()))
                .toList();
    }
}
