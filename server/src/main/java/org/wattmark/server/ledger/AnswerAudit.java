package org.wattmark.server.ledger;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.BatchSealed;
import org.wattmark.ledger.Decided;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.TransferPosted;
import org.wattmark.units.Bytes;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What each id was answered is what its batch was sealed with; each batch is where its seal says,
/// and moved what its transfers say.
public final class AnswerAudit implements RowAudit {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final Map<String, Map<String, Long>> net = new TreeMap<>();
    private long first;
    private long commands;
    private long batches;

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
            switch (entry.fact()) {
                case TransferPosted posted -> move(posted);
                case BatchSealed sealed -> {
                    var row = rows.getOrDefault(sealed.batch(), List.of());
                    var given = answers.getOrDefault(sealed.batch(), List.of());
                    check(entry, sealed, row, given, found);
                }
                default -> {}
            }
        }
    }

    private void move(TransferPosted posted) {
        var transfer = posted.transfer();
        var asset = net.computeIfAbsent(transfer.asset().code(), _ -> new HashMap<>());
        asset.merge(transfer.debit().value(), -transfer.amount(), Math::addExact);
        asset.merge(transfer.credit().value(), transfer.amount(), Math::addExact);
    }

    private void check(
            Entry entry,
            BatchSealed sealed,
            List<BatchRow> rows,
            List<Answer> answers,
            Discrepancies found) {
        var expected = new BatchRow(entry.epoch(), first, entry.sequence(), JSON.readTree(moved()));
        if (!rows.equals(List.of(expected))) {
            found.add(entry.sequence(), "the row of batch " + sealed.batch() + " differs");
        }
        if (answers.size() != sealed.commands()
                || !areNumbered(answers)
                || !digestOf(answers).equals(sealed.answers())) {
            found.add(
                    entry.sequence(),
                    "the answers of batch " + sealed.batch() + " are not those it was sealed with");
        }
        batches++;
        commands += sealed.commands();
        first = entry.sequence() + 1;
        net.clear();
    }

    private String moved() {
        var sums = new TreeMap<String, BigInteger>();
        net.forEach((asset, accounts) -> {
            var sum =
                    accounts.values().stream()
                            .map(delta -> BigInteger.valueOf(delta).abs())
                            .reduce(BigInteger.ZERO, BigInteger::add);
            if (sum.signum() != 0) {
                sums.put(asset, sum);
            }
        });
        return new Moved(sums).asJson();
    }

    /// Their places in the batch are 0, 1, 2 and so on.
    private static boolean areNumbered(List<Answer> answers) {
        return IntStream.range(0, answers.size()).allMatch(i -> answers.get(i).position() == i);
    }

    private static Bytes digestOf(List<Answer> answers) {
        return BatchSealed.digest(answers.stream().map(Answer::decided).toList());
    }

    private static Map<UUID, List<BatchRow>> batches(JdbcClient jdbc, UUID[] ids) {
        var rows = new HashMap<UUID, List<BatchRow>>();
        jdbc.sql(
                        """
                        select id, epoch, first_sequence, last_sequence, moved from batch
                        where id = any (:ids)
                        """)
                .param("ids", ids)
                .query(row -> {
                    rows.computeIfAbsent(row.getObject("id", UUID.class), _ -> new ArrayList<>())
                            .add(
                                    new BatchRow(
                                            row.getLong("epoch"),
                                            row.getLong("first_sequence"),
                                            row.getLong("last_sequence"),
                                            JSON.readTree(row.getString("moved"))));
                });
        return rows;
    }

    private static Map<UUID, List<Answer>> answers(JdbcClient jdbc, UUID[] batches) {
        var answers = new HashMap<UUID, List<Answer>>();
        jdbc.sql(
                        """
                        select batch, position, id, fingerprint, outcome from command
                        where batch = any (:batches) order by batch, position
                        """)
                .param("batches", batches)
                .query(row -> {
                    answers.computeIfAbsent(
                                    row.getObject("batch", UUID.class), _ -> new ArrayList<>())
                            .add(new Answer(row.getLong("position"), decided(row)));
                });
        return answers;
    }

    private static Decided decided(ResultSet row) throws SQLException {
        var encoded = row.getString("outcome").getBytes(StandardCharsets.UTF_8);
        return new Decided(
                row.getObject("id", UUID.class),
                Bytes.of(row.getBytes("fingerprint")),
                "", // only its bytes count here
                Bytes.of(encoded));
    }

    @Override
    public void finish(JdbcClient jdbc, Discrepancies found) {
        count(jdbc, "command", commands, found);
        count(jdbc, "batch", batches, found);
    }

    private static void count(JdbcClient jdbc, String table, long expected, Discrepancies found) {
        long rows = jdbc.sql("select count(*) from " + table).query(Long.class).single();
        if (rows != expected) {
            found.add(-1, rows + " rows in " + table + ", but " + expected + " in the journal");
        }
    }

    private record Answer(long position, Decided decided) {}

    private record BatchRow(long epoch, long firstSequence, long lastSequence, JsonNode moved) {}
}
