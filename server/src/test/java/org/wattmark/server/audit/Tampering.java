package org.wattmark.server.audit;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.audit.Schema.Column;

/// What a superuser does to a history, with every constraint gone. Each method makes one change
/// that is a real one and says what it was, or nothing if there was nothing to change.
final class Tampering {

    /// In a leaf the time lies behind the domain (20 bytes), sequence and epoch (12 bytes each) and
    /// the length of its own.
    private static final String ONE_SECOND_LATER =
            """
            update journal set at = at + interval '1 s',
                leaf = overlay(leaf placing
                    int8send((extract(epoch from at) * 1000000)::bigint + 1000000) from 49 for 8)
            """;

    private final JdbcClient jdbc;
    private final RandomGenerator random;
    private final List<Column> columns;
    private final List<String> tables;
    private final int moments;
    private final OtherValue others;

    Tampering(JdbcClient jdbc, RandomGenerator random, List<Column> columns, int moments) {
        this.jdbc = jdbc;
        this.random = random;
        this.columns = columns;
        this.tables = columns.stream().map(Column::table).distinct().toList();
        this.moments = moments;
        this.others = new OtherValue(jdbc, random);
    }

    /// @param firstBad the first entry that is wrong or gone, where the journal itself was touched
    record Done(String what, long firstBad) {

        static Done of(String what) {
            return new Done(what, -1);
        }

        static Done at(long sequence, String what) {
            return new Done(what, sequence);
        }

        boolean isOfJournal() {
            return firstBad >= 0;
        }
    }

    /// Something of some kind.
    Done any() {
        var done = Optional.<Done>empty();
        while (done.isEmpty()) {
            done = kind();
        }
        return done.get();
    }

    private Optional<Done> kind() {
        return switch (random.nextInt(26)) {
            case 0, 1, 2, 3 -> changeValue(columns.get(random.nextInt(columns.size())));
            case 4, 5 -> changeValue(ofTable("journal"));
            case 6 -> changeValue(ofOneOf("balance", "interval", "command", "allocation", "hold"));
            case 7, 8 -> delete(anyTable());
            case 9 -> insertCopy(anyTable());
            case 10 -> insertForged(anyTable());
            case 11, 12 -> swap(columns.get(random.nextInt(columns.size())));
            case 13 -> reorder();
            case 14 -> closeGap();
            case 15 -> cutTail();
            case 16 -> bringBack(1 + random.nextInt(moments - 1));
            case 17, 18 -> rewrite();
            case 19 -> rewriteTail();
            case 20 -> changeTransfer();
            case 21 -> moveId();
            case 22 -> swap(ofOneOf("account", "asset"));
            case 23 -> changeValue(ofOneOf("settlement", "leader", "batch", "checkpoint"));
            case 24 -> nullSalt();
            default -> several();
        };
    }

    private String anyTable() {
        return tables.get(random.nextInt(tables.size()));
    }

    private Column ofTable(String table) {
        return ofOneOf(table);
    }

    private Column ofOneOf(String... some) {
        var candidates = columns.stream().filter(e -> List.of(some).contains(e.table())).toList();
        return candidates.get(random.nextInt(candidates.size()));
    }

    private Optional<String> anyRow(String table) {
        var rows =
                jdbc.sql("select ctid::text from " + table + " order by ctid")
                        .query(String.class)
                        .list();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(rows.get(random.nextInt(rows.size())));
    }

    /// Changes one value of one row.
    Optional<Done> changeValue(Column column) {
        return anyRow(column.table()).flatMap(row -> changeValue(column, row));
    }

    private Optional<Done> changeValue(Column column, String row) {
        var sequence = sequenceOf(column.table(), row);
        var before = textOf(column, row);
        var expression = others.than(column, before);
        var after =
                jdbc.sql(
                                "update %s set \"%s\" = %s where ctid = '%s' returning \"%s\"::text"
                                        .formatted(
                                                column.table(),
                                                column.name(),
                                                expression,
                                                row,
                                                column.name()))
                        .query((it, _) -> Optional.ofNullable(it.getString(1)))
                        .single();
        if (after.equals(before)) {
            return Optional.empty();
        }
        var what = column + " of row " + row + ": " + before + " became " + after;
        if (!column.table().equals("journal")) {
            return Optional.of(Done.of(what));
        }
        return Optional.of(
                switch (column.name()) {
                    case "sequence" ->
                            Done.at(
                                    earlier(sequence, after.map(Long::parseLong).orElse(-1L)),
                                    what);
                    default -> Done.at(sequence, what);
                });
    }

    private static long earlier(long sequence, long other) {
        return other < 0 ? sequence : Math.min(sequence, other);
    }

    private long sequenceOf(String table, String row) {
        return table.equals("journal")
                ? jdbc.sql("select sequence from journal where ctid = '" + row + "'")
                        .query(Long.class)
                        .single()
                : -1;
    }

    private Optional<String> textOf(Column column, String row) {
        return jdbc.sql(
                        "select \"%s\"::text from %s where ctid = '%s'"
                                .formatted(column.name(), column.table(), row))
                .query((it, _) -> Optional.ofNullable(it.getString(1)))
                .single();
    }

    private Optional<Done> delete(String table) {
        return anyRow(table)
                .map(row -> {
                    long sequence = sequenceOf(table, row);
                    jdbc.sql("delete from " + table + " where ctid = '" + row + "'").update();
                    return new Done("row " + row + " of " + table + " is gone", sequence);
                });
    }

    private Optional<Done> insertCopy(String table) {
        return anyRow(table)
                .map(row -> {
                    copy(table, row);
                    long sequence = sequenceOf(table, row);
                    return table.equals("journal")
                            ? Done.at(sequence, "entry " + sequence + " stands there twice")
                            : Done.of("row " + row + " of " + table + " stands there twice");
                });
    }

    private void copy(String table, String row) {
        jdbc.sql("insert into %1$s select * from %1$s where ctid = '%2$s'".formatted(table, row))
                .update();
    }

    /// A row like another, but in one column or two.
    private Optional<Done> insertForged(String table) {
        if (table.equals("journal")) {
            return Optional.empty(); // entries have ways of their own, below
        }
        return anyRow(table)
                .map(row -> {
                    copy(table, row);
                    var forged =
                            jdbc.sql("select max(ctid)::text from " + table)
                                    .query(String.class)
                                    .single();
                    var key = columns.stream().filter(it -> it.table().equals(table)).findFirst();
                    changeValue(key.orElseThrow(), forged);
                    return Done.of("a forged row in " + table + ", like " + row);
                });
    }

    /// What two rows have in one column changes places.
    private Optional<Done> swap(Column column) {
        var one = anyRow(column.table());
        var other = anyRow(column.table());
        if (one.isEmpty() || textOf(column, one.get()).equals(textOf(column, other.get()))) {
            return Optional.empty();
        }
        var before = digest();
        long first = sequenceOf(column.table(), one.get());
        long second = sequenceOf(column.table(), other.get());
        jdbc.sql(
                        """
                        update %1$s set "%2$s" = other."%2$s" from %1$s as other
                        where %1$s.ctid in (:one, :other) and other.ctid in (:one, :other)
                            and %1$s.ctid <> other.ctid
                        """
                                .formatted(column.table(), column.name())
                                .replace(":one", "'" + one.get() + "'")
                                .replace(":other", "'" + other.get() + "'"))
                .update();
        if (digest().equals(before)) {
            return Optional.empty(); // the rows had nothing else to tell them apart
        }
        var what = column + " of rows " + one.get() + " and " + other.get() + " changed places";
        return Optional.of(new Done(what, Math.min(first, second)));
    }

    private long length() {
        return jdbc.sql("select count(*) from journal").query(Long.class).single();
    }

    /// An entry moves to another place, and those between move up.
    private Optional<Done> reorder() {
        long from = random.nextLong(length());
        long to = random.nextLong(length());
        if (from == to) {
            return Optional.empty();
        }
        jdbc.sql(
                        """
                        update journal set sequence = case
                            when sequence = :from then :to
                            when :from < :to then sequence - 1 else sequence + 1 end
                        where sequence between least(:from, :to) and greatest(:from, :to)
                        """)
                .param("from", from)
                .param("to", to)
                .update();
        return Optional.of(Done.at(Math.min(from, to), "entry " + from + " moved to place " + to));
    }

    /// An entry is taken out, and those after it move up.
    private Optional<Done> closeGap() {
        long gone = random.nextLong(length());
        jdbc.sql("delete from journal where sequence = ?").param(gone).update();
        jdbc.sql("update journal set sequence = sequence - 1 where sequence > ?")
                .param(gone)
                .update();
        jdbc.sql("update leader set next_sequence = next_sequence - 1").update();
        return Optional.of(Done.at(gone, "entry " + gone + " is out, and the gap closed"));
    }

    /// The end of the journal goes, with the checkpoints on it and all rows that name an entry.
    private Optional<Done> cutTail() {
        long end = random.nextLong(length());
        jdbc.sql("delete from journal where sequence >= ?").param(end).update();
        if (random.nextBoolean()) {
            jdbc.sql("delete from checkpoint where size > ?").param(end).update();
        }
        for (var each :
                List.of(
                        "command.sequence",
                        "settlement.next_sequence",
                        "retirement.sequence",
                        "interval.receipt",
                        "reading_batch.receipt",
                        "finding.receipt",
                        "device.receipt",
                        "batch.last_sequence")) {
            var parts = each.split("\\.", 2);
            jdbc.sql("delete from " + parts[0] + " where " + parts[1] + " >= ?")
                    .param(end)
                    .update();
        }
        jdbc.sql("update leader set next_sequence = ?").param(end).update();
        return Optional.of(Done.at(end, "the journal ends before " + end));
    }

    /// Everything is as it once was: journal, checkpoints and all that follows from them.
    private Optional<Done> bringBack(int moment) {
        Unguarded.bringBack(jdbc, moment);
        long end = length();
        return Optional.of(Done.at(end, "everything is as it was with " + end + " entries"));
    }

    /// An entry is made anew with another time in it: its row and its leaf agree.
    private Optional<Done> rewrite() {
        long sequence = random.nextLong(length());
        jdbc.sql(ONE_SECOND_LATER + " where sequence = ?").param(sequence).update();
        var what = "entry " + sequence + " has another time in its row and its leaf";
        if (random.nextInt(3) == 0) {
            jdbc.sql("delete from checkpoint").update();
            return Optional.of(Done.at(sequence, what + "; no checkpoint"));
        }
        return Optional.of(Done.at(sequence, what));
    }

    /// The journal is made anew from some entry on, with all its leaves, and the checkpoints that
    /// would contradict it are taken out.
    private Optional<Done> rewriteTail() {
        long from = random.nextLong(length());
        jdbc.sql(ONE_SECOND_LATER + " where sequence >= ?").param(from).update();
        jdbc.sql("delete from checkpoint where size > ?").param(from).update();
        return Optional.of(Done.at(from, "all entries from " + from + " on are made anew"));
    }

    /// Changes one value of one transfer.
    private Optional<Done> changeTransfer() {
        return anyRow("journal where debit is not null")
                .flatMap(row -> changeValue(ofTable("journal"), row));
    }

    /// A command's id is taken by another entry than its first.
    private Optional<Done> moveId() {
        var from = anyRow("journal where id is not null");
        var to = anyRow("journal where id is null");
        if (from.isEmpty() || to.isEmpty()) {
            return Optional.empty();
        }
        long one = sequenceOf("journal", from.get());
        long other = sequenceOf("journal", to.get());
        jdbc.sql(
                        """
                        update journal set id = case when sequence = :other
                            then (select id from journal where sequence = :one) end
                        where sequence in (:one, :other)
                        """)
                .param("one", one)
                .param("other", other)
                .update();
        var what = "the id of entry " + one + " is taken by " + other;
        return Optional.of(Done.at(Math.min(one, other), what));
    }

    private Optional<Done> nullSalt() {
        return anyRow("journal where salt is not null")
                .map(row -> {
                    long sequence = sequenceOf("journal", row);
                    jdbc.sql("update journal set salt = null where sequence = ?")
                            .param(sequence)
                            .update();
                    return Done.at(sequence, "entry " + sequence + " has lost its salt");
                });
    }

    /// Several values at once.
    private Optional<Done> several() {
        var before = digest();
        var what = new StringBuilder();
        int count = 2 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            var column = columns.get(random.nextInt(columns.size()));
            changeValue(column).ifPresent(done -> what.append(done.what()).append("; "));
        }
        return digest().equals(before) ? Optional.empty() : Optional.of(Done.of(what.toString()));
    }

    /// Of all rows of all audited tables, whatever their physical order.
    private String digest() {
        var digests =
                tables.stream()
                        .map(table ->
                                """
                                select '%1$s' as name,
                                    md5(string_agg(each::text, ';' order by each::text)) as md5
                                from %1$s as each
                                """
                                        .formatted(table))
                        .collect(Collectors.joining(" union all "));
        return jdbc.sql(
                        "select string_agg(coalesce(md5, ''), ';' order by name) from ("
                                + digests
                                + ") as all_of")
                .query(String.class)
                .single();
    }
}
