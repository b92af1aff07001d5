package org.wattmark.server.ledger;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.units.Bytes;

/// What each id was answered is what its batch was sealed with, each id is taken by the entry that
/// the answer names, and each batch is where its seal says.
public final class AnswerAudit implements RowAudit {

    /// Ids that were taken, and no seal has come yet to say by which command.
    private final ArrayDeque<Taken> taken = new ArrayDeque<>();

    private long first;
    private long commands;
    private long batches;

    @Override
    public void takes(long sequence, UUID command) {
        taken.add(new Taken(sequence, command));
    }

    @Override
    public void check(List<Entry> page, JdbcClient jdbc, Discrepancies found) {
        var ids =
                page.stream()
                        .map(Entry::fact)
                        .filter(BatchSealed.class::isInstance)
                        .map(fact -> ((BatchSealed) fact).batch())
                        .toArray(UUID[]::new);
        var rows = batches(jdbc, ids);
        var answers = answers(jdbc, ids);
        for (var entry : page) {
            if (entry.fact() instanceof BatchSealed sealed) {
                var row = rows.getOrDefault(sealed.batch(), List.of());
                var given = answers.getOrDefault(sealed.batch(), List.of());
                check(entry, sealed, row, given, found);
            }
        }
    }

    private void check(
            Entry entry,
            BatchSealed sealed,
            List<BatchRow> rows,
            List<Decided> answers,
            Discrepancies found) {
        if (!rows.equals(List.of(new BatchRow(entry.epoch(), first, entry.sequence())))) {
            found.add(entry.sequence(), "the row of batch " + sealed.batch() + " differs");
        }
        if (answers.size() != sealed.commands()
                || !BatchSealed.digest(answers).equals(sealed.answers())) {
            found.add(
                    entry.sequence(),
                    "the answers of batch " + sealed.batch() + " are not those it was sealed with");
        }
        checkIds(entry, sealed, answers.stream().map(Taken::by).toList(), found);
        batches++;
        commands += sealed.commands();
        first = entry.sequence() + 1;
    }

    private void checkIds(
            Entry seal, BatchSealed sealed, List<Taken> answered, Discrepancies found) {
        var its = new ArrayList<Taken>();
        while (!taken.isEmpty() && taken.getFirst().sequence() <= seal.sequence()) {
            its.add(taken.removeFirst());
        }
        if (!its.equals(answered)) {
            long difference = firstDifference(its, answered);
            found.add(
                    Math.clamp(difference, first, seal.sequence()),
                    "batch " + sealed.batch() + " takes other ids than it has answers");
        }
    }

    /// Of two lists that differ, in order.
    private static long firstDifference(List<Taken> some, List<Taken> others) {
        int n = 0;
        while (n < some.size() && n < others.size() && some.get(n).equals(others.get(n))) {
            n++;
        }
        long one = n < some.size() ? some.get(n).sequence() : Long.MAX_VALUE;
        long other = n < others.size() ? others.get(n).sequence() : Long.MAX_VALUE;
        return Math.min(one, other);
    }

    private static Map<UUID, List<BatchRow>> batches(JdbcClient jdbc, UUID[] ids) {
        var rows = new HashMap<UUID, List<BatchRow>>();
        jdbc.sql(
                        """
                        select id, epoch, first_sequence, last_sequence from batch
                        where id = any (:ids)
                        """)
                .param("ids", ids)
                .query(row -> {
                    rows.computeIfAbsent(row.getObject("id", UUID.class), _ -> new ArrayList<>())
                            .add(
                                    new BatchRow(
                                            row.getLong("epoch"),
                                            row.getLong("first_sequence"),
                                            row.getLong("last_sequence")));
                });
        return rows;
    }

    private static Map<UUID, List<Decided>> answers(JdbcClient jdbc, UUID[] batches) {
        var answers = new HashMap<UUID, List<Decided>>();
        jdbc.sql(
                        """
                        select batch, sequence, id, fingerprint, outcome from command
                        where batch = any (:batches) order by sequence
                        """)
                .param("batches", batches)
                .query(row -> {
                    answers.computeIfAbsent(
                                    row.getObject("batch", UUID.class), _ -> new ArrayList<>())
                            .add(decided(row));
                });
        return answers;
    }

    private static Decided decided(ResultSet row) throws SQLException {
        var encoded = row.getString("outcome").getBytes(StandardCharsets.UTF_8);
        return new Decided(
                row.getObject("id", UUID.class),
                Bytes.of(row.getBytes("fingerprint")),
                "", // only its bytes count here
                Bytes.of(encoded),
                row.getLong("sequence"));
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        RowAudit.requireCount("command", commands, jdbc, found);
        RowAudit.requireCount("batch", batches, jdbc, found);
    }

    private record Taken(long sequence, UUID id) {

        static Taken by(Decided decided) {
            return new Taken(decided.sequence(), decided.id());
        }
    }

    private record BatchRow(long epoch, long firstSequence, long lastSequence) {}
}
