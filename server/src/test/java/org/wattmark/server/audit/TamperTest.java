package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.audit.Schema.Column;
import org.wattmark.server.audit.Tampering.Done;
import org.wattmark.server.postgres.Database;

/// Whatever the database's superuser does to a history, the audit finds it.
///
/// The superuser works on a copy without any constraint, in a transaction that is rolled back after
/// the audit has seen it.
class TamperTest {

    private static History history = History.shared();
    private static Auditor auditor = Auditor.of(unguarded(), history.signed());
    private static List<Column> columns = Schema.auditedColumns(auditor.jdbc());

    @AfterAll
    static void close() {
        auditor.close();
    }

    @AfterEach
    void rollBack() {
        auditor.rollBack();
    }

    /// The history with all keys, checks and the like gone, which would only be in the way.
    private static Database unguarded() {
        var database = history.copy();
        var jdbc = JdbcClient.create(database.dataSource());
        for (var sql :
                jdbc.sql(
                                """
                                select format('alter table %s drop constraint %I cascade',
                                    conrelid::regclass, conname)
                                from pg_constraint where connamespace = 'public'::regnamespace
                                    and contype <> 'n'
                                order by contype = 'p', conname
                                """)
                        .query(String.class)
                        .list()) {
            History.execute(database.dataSource(), sql.replace("cascade", "") );
        }
        for (var index : List.of("deposit_reference")) {
            History.execute(database.dataSource(), "drop index " + index);
        }
        History.execute(
                database.dataSource(),
                "alter table trade alter column number drop identity");
        for (var sql :
                jdbc.sql(
                                """
                                select format('alter table %s alter column %I drop not null',
                                    attrelid::regclass, attname)
                                from pg_attribute join pg_class on pg_class.oid = attrelid
                                where relnamespace = 'public'::regnamespace and relkind = 'r'
                                    and attnum > 0 and attnotnull
                                """)
                        .query(String.class)
                        .list()) {
            History.execute(database.dataSource(), sql);
        }
        return database;
    }

    @Test
    void everyTableHasSomethingToTamperWith() {
        var jdbc = auditor.jdbc();
        for (var table : columns.stream().map(Column::table).distinct().toList()) {
            long rows = jdbc.sql("select count(*) from " + table).query(Long.class).single();
            System.out.println("TABLE " + table + " " + rows);
        }
        long t = System.nanoTime();
        for (int i = 0; i < 20; i++) {
            assertThat(auditor.audit().discrepancies()).isEmpty();
        }
        System.out.println("AUDIT ms " + (System.nanoTime() - t) / 20e6);
    }

    @Test
    void explore() {
        int n = Integer.getInteger("tamper", 1000);
        var missed = new ArrayList<String>();
        var wrong = new ArrayList<String>();
        long t = System.nanoTime();
        int count = 0;
        for (var column : columns) {
            for (int i = 0; i < 6; i++) {
                var done =
                        new Tampering(auditor.jdbc(), new Random(i), columns, history.moments().size())
                                .changeValue(column);
                if (done.isPresent()) {
                    count++;
                    judge(done.get(), missed, wrong);
                }
                auditor.rollBack();
            }
        }
        System.out.println("COLUMNS " + count + " missed " + missed.size() + " wrong " + wrong.size());
        missed.forEach(e -> System.out.println("MISSED " + e));
        wrong.forEach(e -> System.out.println("WRONG " + e));
        missed.clear();
        wrong.clear();
        for (int seed = 0; seed < n; seed++) {
            var random = new Random(seed);
            var done = new Tampering(auditor.jdbc(), random, columns, history.moments().size()).any();
            judge(done, missed, wrong);
            auditor.rollBack();
        }
        System.out.println("RANDOM " + n + " missed " + missed.size() + " wrong " + wrong.size() + " ms " + (System.nanoTime() - t) / 1e6);
        missed.forEach(e -> System.out.println("MISSED " + e));
        wrong.forEach(e -> System.out.println("WRONG " + e));
    }

    private void judge(Done done, List<String> missed, List<String> wrong) {
        try {
            var report = auditor.audit();
            if (report.isClean()) {
                missed.add(done.what());
            } else if (done.isOfJournal()
                    && (report.firstBadSequence() < done.firstBad()
                            || report.firstBadSequence() > done.lastBad())) {
                wrong.add(done + " but " + report.firstBadSequence() + " " + report.discrepancies().getFirst());
            }
        } catch (RuntimeException e) {
            wrong.add("THREW " + done + e);
        }
    }
}
