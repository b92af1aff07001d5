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
                    Map.entry("organisation", "administration; its changes are in access_change"),
                    Map.entry("person", "administration; its changes are in access_change"),
                    Map.entry("membership", "administration; its changes are in access_change"),
                    Map.entry("invitation", "administration; its changes are in access_change"),
                    Map.entry("machine_client", "administration; see access_change"),
                    Map.entry("api_key", "administration; see access_change"),
                    Map.entry("sign_in_failure", "wrong passwords of a day, which pass"),
                    Map.entry("recovery_code", "how a person signs in; see access_change"),
                    Map.entry("user_entities", "whose passkeys are whose, Spring Security's"),
                    Map.entry("user_credentials", "passkeys, Spring Security's; access_change"),
                    Map.entry("oauth2_registered_client", "who may sign in, Spring Security's"),
                    Map.entry("oauth2_authorization", "sessions and tokens, which pass"),
                    Map.entry("bond_attempt", "secrets that opened nothing; they pass"),
                    Map.entry("bond_challenge", "questions to devices; a bond keeps its own"),
                    Map.entry("trusted_payee", "administration; its changes are in access_change"),
                    Map.entry("transfer_allowance", "what a day's limit counts, which passes"),
                    Map.entry("account_history", "no chunk is full here; see AccountHistoryTest"),
                    Map.entry("hourly_factor_set", "statements name it by its SHA-256"),
                    Map.entry("grid_intensity", "values what is shown live and nothing else"),
                    Map.entry("mqtt_credential", "how a device signs in; its batches are signed"),
                    Map.entry("account_profile", "a firm's private account, of no value to others"),
                    Map.entry("account_site", "a firm's private account"),
                    Map.entry("activity", "a firm's private account; reports carry its hash"),
                    Map.entry("activity_import", "which files a firm took in and back"),
                    Map.entry("activity_withdrawal", "a firm's private account"),
                    Map.entry("account_evidence", "bills, known by their SHA-256"),
                    Map.entry("account_instrument", "what a firm declares, not what it holds"),
                    Map.entry("account_report", "known by the SHA-256 it shows"),
                    Map.entry("account_share", "links to reports, which pass"),
                    Map.entry("account_figure", "numbers of reports, which are known by a hash"),
                    Map.entry("account_site_meter", "a firm's private account"),
                    Map.entry("market_rate_file", "what inventories use; reports carry its rates"),
                    Map.entry("market_rate", "what inventories use; reports carry it"),
                    Map.entry("notice", "what people are told of entries, which are audited"),
                    Map.entry("notice_reach", "up to where they were told"),
                    Map.entry("notification", "what people were told, and whether they read it"),
                    Map.entry("notification_wish", "what people wish to be told"),
                    Map.entry("refresh_token", "who may refresh a token; it passes"),
                    Map.entry("declared_project", "what a client called its project and quarter"),
                    Map.entry("declared_emissions", "a firm's private account"),
                    Map.entry("cadt_import", "what another registry says; no unit follows from it"),
                    Map.entry("cadt_row", "what another registry says; no unit follows from it"),
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
                    "only its order counts, which is audited: numbers may have gaps",
                    "listing.number",
                    "a handle has a check over the listing's id: another number finds nothing",
                    "project.number",
                    "a name for clients that want a small one; the id is what is audited");

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
                        select relname from pg_class
                        where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
                            and not relispartition
                        order by relname
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
                        join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p')
                            and not relispartition
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
