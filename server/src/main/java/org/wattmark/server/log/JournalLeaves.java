package org.wattmark.server.log;

import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.ledger.EntryRows;
import org.wattmark.server.ledger.JournalRow;
import org.wattmark.tlog.Hash;
import org.wattmark.tlog.Leaves;
import org.wattmark.tlog.Merkle;

/// The leaves as the table `journal` has them, which is the truth. A leaf's index in the log is its
/// sequence in the journal.
public final class JournalLeaves implements Leaves {

    /// At most 16 MiB of leaves are in memory at once; most have some 300 bytes.
    static final int PAGE = 4_096;

    private final JdbcClient jdbc;
    private final EntryRows journal;

    public JournalLeaves(JdbcClient jdbc) {
        this.jdbc = jdbc;
        this.journal = new EntryRows(jdbc);
    }

    @Override
    public List<Hash> from(long index) {
        return rows(index, PAGE).stream().map(row -> Merkle.leafHash(journal.leaf(row))).toList();
    }

    /// The leaves themselves, of entries that are known to be there.
    List<byte[]> contents(long from, int count) {
        var rows = rows(from, count);
        if (rows.size() < count) {
            throw new JournalDamaged("the journal ends at " + (from + rows.size()));
        }
        return rows.stream().map(journal::leaf).toList();
    }

    boolean has(long sequence) {
        return jdbc.sql("select exists (select from journal where sequence = :sequence)")
                .param("sequence", sequence)
                .query(Boolean.class)
                .single();
    }

    /// Commits are in sequence, so a reader sees no hole unless a row was taken out.
    private List<JournalRow> rows(long from, int count) {
        var rows = journal.read(from, count);
        IntStream.range(0, rows.size())
                .filter(i -> rows.get(i).sequence() != from + i)
                .findFirst()
                .ifPresent(i -> {
                    throw new JournalDamaged("entry " + (from + i) + " of the journal is missing");
                });
        return rows;
    }

    /// Rows of the journal are gone.
    static final class JournalDamaged extends RuntimeException {

        private static final long serialVersionUID = 1L;

        JournalDamaged(String message) {
            super(message);
        }
    }
}
