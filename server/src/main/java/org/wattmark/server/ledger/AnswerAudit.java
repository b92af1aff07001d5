package org.wattmark.server.ledger;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.LongStream;
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
        for (var entry : page) {
            switch (entry.fact()) {
                case TransferPosted posted -> move(posted);
                case BatchSealed sealed -> check(entry, sealed, jdbc, found);
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

    private void check(Entry entry, BatchSealed sealed, JdbcClient jdbc, Discrepancies found) {
        var row = batch(jdbc, sealed.batch());
        var expected = new BatchRow(entry.epoch(), first, entry.sequence(), JSON.readTree(moved()));
        if (!row.equals(Optional.of(expected))) {
            found.add(entry.sequence(), "the row of batch " + sealed.batch() + " differs");
        }
        var answers = answers(jdbc, sealed.batch());
        if (!areNumbered(jdbc, sealed.batch())
                || answers.size() != sealed.commands()
                || !BatchSealed.digest(answers).equals(sealed.answers())) {
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

    private static Optional<BatchRow> batch(JdbcClient jdbc, UUID id) {
        return jdbc.sql(
                        """
                        select epoch, first_sequence, last_sequence, moved from batch where id = :id
                        """)
                .param("id", id)
                .query((row, _) ->
                        new BatchRow(
                                row.getLong("epoch"),
                                row.getLong("first_sequence"),
                                row.getLong("last_sequence"),
                                JSON.readTree(row.getString("moved"))))
                .optional();
    }

    private static List<Decided> answers(JdbcClient jdbc, UUID batch) {
        return jdbc.sql(
                        """
                        select id, fingerprint, outcome from command where batch = :batch
                        order by position
                        """)
                .param("batch", batch)
                .query(AnswerAudit::decided)
                .list();
    }

    /// Their places in the batch are 0, 1, 2 and so on.
    private static boolean areNumbered(JdbcClient jdbc, UUID batch) {
        var positions =
                jdbc.sql("select position from command where batch = :batch order by position")
                        .param("batch", batch)
                        .query(Long.class)
                        .list();
        return positions.equals(LongStream.range(0, positions.size()).boxed().toList());
    }

    private static Decided decided(ResultSet row, int unused) throws SQLException {
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

    private record BatchRow(long epoch, long firstSequence, long lastSequence, JsonNode moved) {}
}
