package org.wattmark.server.metering;

import java.sql.Connection;
import java.sql.Date;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The months that the table `interval` has partitions for. A month's partition is made by the
/// transaction that first writes into it, together with the next month's: so the turn of a month
/// finds its partition there, and what is imported from long ago gets its own.
public final class IntervalMonths {

    private static final String MAKE =
            "select month, interval_partition(month) from unnest(?) as month";

    private static final Pattern TABLE = Pattern.compile("interval_([0-9]{4})_([0-9]{2})");

    /// Those that a transaction has found: what it makes itself may still be rolled back.
    private final Set<YearMonth> known = new HashSet<>();

    private final Set<YearMonth> wanted = new HashSet<>();

    /// The first second of the month looked at last, and of the one after it: neighbours among
    /// readings lie in one month.
    private long from = 1;

    private long until;

    /// Asks for the month of an interval that starts then.
    void want(Instant start) {
        long second = start.getEpochSecond();
        if (second < from || second >= until) {
            var month = YearMonth.from(start.atOffset(ZoneOffset.UTC));
            from = startOf(month);
            until = startOf(month.plusMonths(1));
            wanted.add(month);
        }
    }

    private static long startOf(YearMonth month) {
        return month.atDay(1).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
    }

    /// Makes what was asked for since the last call and is not there, within the connection's
    /// transaction.
    void make(Connection connection) throws SQLException {
        var unknown = new TreeSet<YearMonth>();
        for (var month : wanted) {
            if (!known.contains(month)) {
                unknown.add(month);
                unknown.add(month.plusMonths(1));
            }
        }
        wanted.clear();
        from = 1;
        until = 0;
        if (!unknown.isEmpty()) {
            make(connection, unknown);
        }
    }

    private void make(Connection connection, Collection<YearMonth> months) throws SQLException {
        var days = months.stream().map(each -> Date.valueOf(each.atDay(1))).toArray();
        try (var statement = connection.prepareStatement(MAKE)) {
            statement.setArray(1, connection.createArrayOf("date", days));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    if (!row.getBoolean(2)) {
                        known.add(YearMonth.from(row.getObject(1, LocalDate.class)));
                    }
                }
            }
        }
    }

    /// Makes a table that is a month's partition, such as `interval_2026_07`; others are left
    /// alone.
    public static void makeTable(Connection connection, String table) throws SQLException {
        var name = TABLE.matcher(table);
        if (name.matches()) {
            var first = "%s-%s-01".formatted(name.group(1), name.group(2));
            new IntervalMonths().make(connection, Set.of(YearMonth.from(LocalDate.parse(first))));
        }
    }
}
