package org.wattmark.server.metering;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Entry;
import org.wattmark.server.ledger.RowAudit;

/// Each part of an import says of its batch what the batch says, and what undone imports had stored
/// stands aside, under the entry that undid it, and nothing else does. That the rows are those of
/// their batches is for [ReadingAudit] to see, wherever they stand.
public final class UndoAudit implements RowAudit {

    private static final String ASIDE =
            """
            select (select count(*) from interval_undone
                    where undone_by = :entry and device_id = :device and channel = :channel
                        and receipt = any (:receipts)) as intervals,
                (select count(*) from finding_undone
                    where undone_by = :entry and device_id = :device
                        and receipt = any (:receipts)) as findings
            """;

    private final Set<UUID> undone = new HashSet<>();
    private Optional<ImportPart> part = Optional.empty();
    private long intervals;
    private long findings;

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        for (var entry : page) {
            if (part.isPresent() && !isSaidBy(part.get(), entry)) {
                found.add(entry.sequence(), "its batch is not the entry behind it");
            }
            part = Optional.empty();
            switch (entry.fact()) {
                case ImportPart next -> part = Optional.of(next);
                case ImportUndone each -> undone(entry.sequence(), each, jdbc, found);
                default -> {}
            }
        }
    }

    private static boolean isSaidBy(ImportPart part, Entry entry) {
        return entry.fact() instanceof BatchReceived received
                && received.batch().device().equals(part.device())
                && received.batch().channel() == part.channel()
                && received.batch().sequence() == part.sequence()
                && received.stated().equals(part.stated())
                && received.accepted().size() == part.accepted()
                && received.findings().size() == part.findings()
                && BatchReceived.energyOf(received.accepted()).wattHours() == part.energyWattHours()
                && received.batch()
                        .readings()
                        .getFirst()
                        .interval()
                        .start()
                        .equals(part.span().start())
                && received.batch().readings().getLast().interval().end().equals(part.span().end());
    }

    private void undone(long sequence, ImportUndone each, JdbcClient jdbc, Discrepancies found) {
        intervals += each.accepted();
        findings += each.findings();
        if (!undone.add(each.importId())) {
            found.add(sequence, "the import was undone before");
        }
        boolean agrees =
                jdbc.sql(ASIDE)
                        .param("entry", sequence)
                        .param("device", each.device().value())
                        .param("channel", each.channel().name())
                        .param("receipts", each.receipts().toArray(Long[]::new))
                        .query((row, _) ->
                                row.getLong("intervals") == each.accepted()
                                        && row.getLong("findings") == each.findings())
                        .single();
        if (!agrees) {
            found.add(sequence, "what it undid does not stand aside");
        }
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        count("interval_undone", intervals, jdbc, found);
        count("finding_undone", findings, jdbc, found);
        ReadingAudit.requireDistinct("reading_import", "id", jdbc, found);
    }

    private static void count(String table, long expected, JdbcClient jdbc, Discrepancies found) {
        long rows = jdbc.sql("select count(*) from " + table).query(Long.class).single();
        if (rows != expected) {
            found.add(-1, "%d rows of %s, but %d undone".formatted(rows, table, expected));
        }
    }
}
