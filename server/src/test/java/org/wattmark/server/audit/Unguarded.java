package org.wattmark.server.audit;

import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.wattmark.server.postgres.Database;

/// A history whose keys, checks and the like are gone: to a superuser they are only in the way.
final class Unguarded {

    private static final List<String> WHAT_GUARDS =
            List.of(
                    """
                    select format('alter table %s drop constraint %I cascade',
                        conrelid::regclass, conname)
                    from pg_constraint
                    where connamespace = 'public'::regnamespace and contype in ('f', 'c', 'x', 'u')
                    order by contype = 'u', conname
                    """,
                    """
                    select format('alter table %s drop constraint %I', conrelid::regclass, conname)
                    from pg_constraint
                    where connamespace = 'public'::regnamespace and contype = 'p'
                    """,
                    """
                    select format('drop index %I.%I', schemaname, indexname)
                    from pg_indexes where schemaname = 'public'
                    """,
                    """
                    select format('alter table %s alter column %I drop identity',
                        attrelid::regclass, attname)
                    from pg_attribute join pg_class on pg_class.oid = attrelid
                    where relnamespace = 'public'::regnamespace and attidentity <> ''
                    """,
                    """
                    select format('alter table %s alter column %I drop not null',
                        attrelid::regclass, attname)
                    from pg_attribute join pg_class on pg_class.oid = attrelid
                    where relnamespace = 'public'::regnamespace and relkind = 'r'
                        and attnum > 0 and attnotnull
                    """);

    /// A partition guards what it may hold too.
    private static final String UNPARTITIONED =
            """
            create table one_for_all as table interval;
            drop table interval;
            alter table one_for_all rename to interval
            """;

    private Unguarded() {}

    static Database copyOf(History history) {
        var database = history.copy();
        var source = database.dataSource();
        History.execute(source, UNPARTITIONED);
        for (var guards : WHAT_GUARDS) {
            var all = JdbcClient.create(source).sql(guards).query(String.class).list();
            History.execute(source, String.join(";", all));
        }
        return database;
    }

    /// Makes all audited tables what they were at that moment, the first of which is 1.
    static void bringBack(JdbcClient jdbc, int moment) {
        jdbc.sql("set session_replication_role = replica").update(); // foreign keys sleep
        var tables =
                Schema.auditedColumns(jdbc).stream().map(Schema.Column::table).distinct().toList();
        for (var table : tables) {
            jdbc.sql("delete from " + table).update();
            jdbc.sql(
                            "insert into %1$s overriding system value select * from past_%2$d.%1$s"
                                    .formatted(table, moment))
                    .update();
        }
    }

    /// The same with all guards in place, and committed.
    static void bringBackForGood(Database database, int moment) {
        try (var connection = database.dataSource().getConnection()) {
            var source = new SingleConnectionDataSource(connection, true);
            bringBack(JdbcClient.create(source), moment);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
