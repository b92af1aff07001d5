package org.wattmark.server.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.wattmark.server.audit.Schema.Column;
import org.wattmark.server.audit.Tampering.Done;
import org.wattmark.tlog.Tiles;

/// Whatever the database's superuser does to a history, the audit finds it, and names the first bad
/// entry where it was the journal that was touched.
///
/// The superuser works on a copy without any constraint, in a transaction that is rolled back when
/// the audit has seen it.
class TamperTest {

    private static final int TRIES_FOR_EACH_COLUMN = 2;

    private static final History HISTORY = History.shared();
    private static final Auditor AUDITOR = Auditor.of(Unguarded.copyOf(HISTORY), HISTORY.signed());
    private static final Optional<Tiles> TILES = Optional.of(HISTORY.tiles());
    private static final List<Column> COLUMNS = Schema.auditedColumns(AUDITOR.jdbc());

    @AfterAll
    static void close() {
        AUDITOR.close();
    }

    @Test
    void withoutTamperingNothingIsFound() {
        assertThat(AUDITOR.audit(TILES).discrepancies()).isEmpty();
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
                tampering(new Random(seed))
                        .changeValue(column)
                        .ifPresent(done -> thenFound("", done));
                AUDITOR.rollBack();
            }
        }
    }

    /// A thousand seeds, or as many as `-Dtampering.seeds=10000` says, from `-Dtampering.first` on;
    /// `-Dseed=17` tries one alone.
    @Test
    void whateverASuperuserDoesIsFound() {
        var single = Long.getLong("seed");
        long first = single == null ? Long.getLong("tampering.first", 0) : single;
        long seeds = single == null ? Long.getLong("tampering.seeds", 1_000) : 1;
        for (long seed = first; seed < first + seeds; seed++) {
            try {
                thenFound("-Dseed=" + seed + ": ", tampering(randomOf(seed)).any());
            } catch (RuntimeException e) {
                throw new AssertionError("-Dseed=" + seed, e);
            } finally {
                AUDITOR.rollBack();
            }
        }
    }

    private static RandomGenerator randomOf(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    private static Tampering tampering(RandomGenerator random) {
        return new Tampering(AUDITOR.jdbc(), random, COLUMNS, HISTORY.moments().size());
    }

    private static void thenFound(String seed, Done done) {
        var report = AUDITOR.audit(TILES);
        assertThat(report.isClean()).as(seed + done.what()).isFalse();
        if (done.isOfJournal()) {
            assertThat(report.firstBadSequence())
                    .as(seed + done.what() + report.discrepancies())
                    .isEqualTo(done.firstBad());
        }
    }
}
