package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.wattmark.server.audit.Schema.Column;
import org.wattmark.server.audit.Tampering.Done;
import org.wattmark.testing.Seeded;

/// Whatever the database's superuser does to a history, the audit finds it, and names the first bad
/// entry where it was the journal that was touched.
///
/// The superuser works on a copy without any constraint, in a transaction that is rolled back when
/// the audit has seen it.
class TamperTest {

    private static final int TRIES_FOR_EACH_COLUMN = 2;

    private static final History HISTORY = History.shared();
    private static final Auditor AUDITOR = Auditor.of(Unguarded.copyOf(HISTORY), HISTORY.signed());
    private static final List<Column> COLUMNS = Schema.auditedColumns(AUDITOR.jdbc());

    @AfterAll
    static void close() {
        AUDITOR.close();
    }

    @Test
    void withoutTamperingNothingIsFound() {
        assertThat(AUDITOR.audit().discrepancies()).isEmpty();
    }

    @Test
    void everyTableIsAuditedOrSaysWhyNot() {
        var audited = COLUMNS.stream().map(Column::table).distinct().toList();

        assertThat(Schema.tables(AUDITOR.jdbc()))
                .containsAll(Schema.NOT_AUDITED.keySet())
                .allSatisfy(table ->
                        assertThat(audited.contains(table))
                                .isNotEqualTo(Schema.NOT_AUDITED.containsKey(table)));
        assertThat(audited).allSatisfy(table -> assertThat(rowsOf(table)).as(table).isPositive());
    }

    private static long rowsOf(String table) {
        return AUDITOR.jdbc().sql("select count(*) from " + table).query(Long.class).single();
    }

    @Test
    void aChangeInAnyColumnOfAnyTableIsFound() {
        for (var column : COLUMNS) {
            for (int seed = 0; seed < TRIES_FOR_EACH_COLUMN; seed++) {
                tampering(new Random(seed)).changeValue(column).ifPresent(TamperTest::thenFound);
                AUDITOR.rollBack();
            }
        }
    }

    @Seeded(worlds = 1_000)
    void whateverASuperuserDoesIsFound(RandomGenerator random) {
        try {
            thenFound(tampering(random).any());
        } finally {
            AUDITOR.rollBack();
        }
    }

    private static Tampering tampering(RandomGenerator random) {
        return new Tampering(AUDITOR.jdbc(), random, COLUMNS, HISTORY.moments().size());
    }

    private static void thenFound(Done done) {
        var report = AUDITOR.audit();
        assertThat(report.isClean()).as(done.what()).isFalse();
        if (done.isOfJournal()) {
            assertThat(report.firstBadSequence())
                    .as(done.what() + report.discrepancies())
                    .isBetween(done.firstBad(), done.lastBad());
        }
    }
}
