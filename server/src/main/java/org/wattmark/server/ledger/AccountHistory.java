package org.wattmark.server.ledger;

import java.math.BigDecimal;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Account;

/// Which entries moved an account's assets, and what its balance was before any of them.
///
/// Full chunks of the journal are read from `account_history`, the rest from the journal itself. So
/// what is asked for is right whether or not [#catchUp] has come by, only slower if it has not.
final class AccountHistory {

    /// Entries in a chunk. Half a second of the highest load, so that what has to be read without
    /// an index is some tens of milliseconds' work; and an account needs a row for each at the
    /// most.
    static final int CHUNK = 65_536;

    /// The row that says that a chunk is complete is of this account, which there never is.
    static final long NO_ACCOUNT = Long.MIN_VALUE;

    private static final String FILL =
            """
            insert into account_history (account, asset, chunk, places, net)
            select account, asset, :chunk,
                array_agg((sequence - :first)::integer), sum(amount)
            from (
                select debit as account, asset, sequence, -amount as amount from journal
                where sequence >= :first and sequence < :next and debit is not null
                union all
                select credit, asset, sequence, amount from journal
                where sequence >= :first and sequence < :next and credit is not null
            ) as moved
            group by account, asset
            union all
            select :mark, 0, :chunk, '{}', 0
            on conflict do nothing
            """;

    static final String COMPLETE =
            "select coalesce(max(chunk) + 1, 0) from account_history where account = ?";

    private static final String CHUNKS =
            """
            select distinct chunk from account_history
            where account = :account and (:asset = 0 or asset = :asset)
                and chunk >= :from and chunk < :complete
            order by chunk limit :limit
            """;

    private static final String PLACES =
            """
            select chunk * :size + place from account_history, unnest(places) as place
            where account = :account and (:asset = 0 or asset = :asset)
                and chunk >= :from and chunk <= :to and chunk * :size + place > :after
            order by 1 limit :limit
            """;

    private static final String TAIL =
            """
            select sequence from journal
            where sequence >= :from and sequence < :to and :account in (debit, credit)
                and (:asset = 0 or asset = :asset)
            order by sequence limit :limit
            """;

    private static final String BALANCE =
            """
            select coalesce(sum(net), 0) from (
                select net from account_history
                where account = :account and asset = :asset and chunk < :chunks
                union all
                select case when credit = :account then amount else -amount end from journal
                where sequence >= :first and sequence < :before
                    and :account in (debit, credit) and asset = :asset
            ) as moved
            """;

    private final JdbcClient jdbc;
    private final int size;

    /// @param size of a chunk; it must be that which the table was made with
    AccountHistory(JdbcClient jdbc, int size) {
        this.jdbc = jdbc;
        this.size = size;
    }

    /// Where the journal ends: the next entry's sequence.
    long end() {
        return jdbc.sql("select next_sequence from leader").query(Long.class).single();
    }

    /// Takes one full chunk in that is not in yet. Two servers that do so at once do no harm.
    ///
    /// @return whether there was one
    boolean catchUp() {
        long chunk = complete();
        long next = Math.multiplyExact(chunk + 1, size);
        if (next > end()) {
            return false;
        }
        jdbc.sql(FILL)
                .param("chunk", chunk)
                .param("first", next - size)
                .param("next", next)
                .param("mark", NO_ACCOUNT)
                .update();
        return true;
    }

    /// How many chunks are in.
    private long complete() {
        return jdbc.sql(COMPLETE).param(NO_ACCOUNT).query(Long.class).single();
    }

    /// The account's entries after a sequence and before another one, the oldest first.
    ///
    /// @param asset its number, or 0 for all
    List<Long> sequences(long account, int asset, long after, long before, int limit) {
        long complete = complete();
        var found = new ArrayList<Long>();
        inChunks(account, asset, after, complete, limit, found);
        if (found.size() < limit) {
            found.addAll(
                    jdbc.sql(TAIL)
                            .param("account", account)
                            .param("asset", asset)
                            .param("from", Math.max(after + 1, complete * size))
                            .param("to", before)
                            .param("limit", limit - found.size())
                            .query(Long.class)
                            .list());
        }
        return found.stream().filter(each -> each < before).toList();
    }

    /// Opens few chunks at first: one of a busy account holds more than a page, and of a quiet one
    /// each holds one or two.
    private void inChunks(
            long account, int asset, long after, long complete, int limit, List<Long> found) {
        var chunks =
                jdbc.sql(CHUNKS)
                        .param("account", account)
                        .param("asset", asset)
                        .param("from", (after + 1) / size)
                        .param("complete", complete)
                        .param("limit", limit + 1) // the first may have none after `after`
                        .query(Long.class)
                        .list();
        int from = 0;
        for (int many = 1; from < chunks.size() && found.size() < limit; many *= 4) {
            int to = Math.min(from + many, chunks.size());
            found.addAll(
                    jdbc.sql(PLACES)
                            .param("size", size)
                            .param("account", account)
                            .param("asset", asset)
                            .param("from", chunks.get(from))
                            .param("to", chunks.get(to - 1))
                            .param("after", after)
                            .param("limit", limit - found.size())
                            .query(Long.class)
                            .list());
            from = to;
        }
    }

    /// The account's balance before the entry of this sequence.
    long balanceBefore(long account, int asset, long sequence) {
        long chunks = Math.min(complete(), sequence / size);
        return jdbc.sql(BALANCE)
                .param("account", account)
                .param("asset", asset)
                .param("chunks", chunks)
                .param("first", chunks * size)
                .param("before", sequence)
                .query(BigDecimal.class)
                .single()
                .longValueExact();
    }

    /// The first entry of this time or later; the journal's end if there is none. Time in the
    /// journal goes on with the sequence, but for what a leader's clock was behind the last one's.
    long firstAt(Instant time) {
        long low = 0;
        long high = end();
        while (low < high) {
            long middle = (low + high) >>> 1;
            if (isBefore(middle, time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean isBefore(long sequence, Instant time) {
        return jdbc.sql("select at < ? from journal where sequence = ?")
                .param(Timestamp.from(time))
                .param(sequence)
                .query(Boolean.class)
                .single();
    }

    /// The entries of these sequences, in their order.
    List<TransferView> transfers(List<Long> sequences) {
        return sequences.isEmpty()
                ? List.of()
                : jdbc.sql(TransferView.SELECT + " where sequence = any (?) order by sequence")
                        .param(sequences.toArray(Long[]::new))
                        .query(TransferView::of)
                        .list();
    }

    /// An account as the tables have it.
    record Known(long number, Account.Kind kind, Account.Standing standing) {}

    /// Null if there is no such account.
    @Nullable Known account(String id) {
        return jdbc.sql("select number, kind, standing from account where id = ?")
                .param(id)
                .query((row, _) ->
                        new Known(
                                row.getLong("number"),
                                Account.Kind.valueOf(row.getString("kind")),
                                Account.Standing.valueOf(row.getString("standing"))))
                .optional()
                .orElse(null);
    }

    /// The asset's number; negative if nothing of it was ever transferred.
    int asset(String code) {
        return jdbc.sql("select number from asset where code = ?")
                .param(code)
                .query(Integer.class)
                .optional()
                .orElse(-1);
    }
}
