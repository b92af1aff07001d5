package org.wattmark.server.crash;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.crash.Retirers.Acknowledged;
import org.wattmark.server.postgres.Database;

/// What clients were told, kept outside of everything that is killed, and the comparison of it with
/// what the database and the server know afterwards.
///
/// The list is what finds a loss: a tail that was forgotten whole leaves books that balance.
final class Survivors {

    /// Of those acknowledged in earlier cycles, how many are sent again in each.
    private static final int SAMPLE = 50;

    private static final String KEPT =
            "select id from retirement where block_id = :block and beneficiary = :beneficiary";

    /// Serials are handed out from 1 on without a gap, so each range begins where the one before
    /// ends.
    private static final String MISPLACED =
            """
            select count(*) from (
                select first_serial,
                    lag(last_serial, 1, 0) over (order by first_serial) as before
                from retirement where block_id = :block) as ranges
            where first_serial <> before + 1
            """;

    private static final String UNBALANCED =
            """
            select format('%s of %s: %s credited, %s held, %s retired by their serials, %s in the'
                    ' retired account, next serial %s', amounts.id, issued_grams, credited, held,
                    retired, sunk, next_serial)
            from (
                select credit_block.*, issued_grams - buffer_grams as credited,
                    (select coalesce(sum(amount), 0) from balance_now
                        join account on account.number = balance_now.account
                        join asset on asset.number = balance_now.asset
                        where asset.code like '%:' || credit_block.id and account.kind = 'HOLDER'
                            and account.id not like '%buffer%') as held,
                    (select coalesce(sum(amount), 0) from balance_now
                        join account on account.number = balance_now.account
                        join asset on asset.number = balance_now.asset
                        where asset.code like '%:' || credit_block.id
                            and account.kind = 'SINK') as sunk,
                    (select coalesce(sum(last_serial - first_serial + 1), 0) from retirement
                        where block_id = credit_block.id) as retired
                from credit_block where id = :block) as amounts
            where credited <> held + retired or sunk <> retired or next_serial <> retired + 1
            """;

    private final Map<UUID, String> acknowledged = new LinkedHashMap<>();
    private final Set<UUID> fresh = new HashSet<>();
    private final UUID block;

    Survivors(UUID block) {
        this.block = block;
    }

    /// @param lost acknowledged, and not in the database
    /// @param unasked in the database, and never acknowledged though nobody waits any more
    /// @param books what does not add up
    /// @param answeredOtherwise how ids were answered whose answer has changed
    record Verdict(
            Set<UUID> lost, Set<UUID> unasked, List<String> books, List<String> answeredOtherwise) {

        static final Verdict CLEAN = new Verdict(Set.of(), Set.of(), List.of(), List.of());
    }

    void add(Acknowledged each) {
        acknowledged.put(each.id(), each.body());
        fresh.add(each.id());
    }

    int size() {
        return acknowledged.size();
    }

    /// The check after a recovery: all ids in the database, and the answers of the ids since the
    /// last check and of some before.
    Verdict checkFresh(
            Database database,
            Function<Collection<UUID>, Map<UUID, String>> sendAgain,
            RandomGenerator random) {
        var asked = new HashSet<>(fresh);
        var all = List.copyOf(acknowledged.keySet());
        for (int i = 0; i < Math.min(SAMPLE, all.size()); i++) {
            asked.add(all.get(random.nextInt(all.size())));
        }
        fresh.clear();
        return check(database, sendAgain, asked);
    }

    /// The check at the end: everything.
    Verdict checkAll(Database database, Function<Collection<UUID>, Map<UUID, String>> sendAgain) {
        return check(database, sendAgain, acknowledged.keySet());
    }

    private Verdict check(
            Database database,
            Function<Collection<UUID>, Map<UUID, String>> sendAgain,
            Collection<UUID> asked) {
        var jdbc = JdbcClient.create(database.dataSource());
        var kept =
                new HashSet<>(
                        jdbc.sql(KEPT)
                                .param("block", block)
                                .param("beneficiary", Retirers.BENEFICIARY)
                                .query(UUID.class)
                                .list());
        var lost = new HashSet<>(acknowledged.keySet());
        lost.removeAll(kept);
        var unasked = new HashSet<>(kept);
        unasked.removeAll(acknowledged.keySet());
        // Last, because a lost id that is sent again may be done again, which hides the loss.
        return new Verdict(lost, unasked, books(jdbc), answeredOtherwise(sendAgain.apply(asked)));
    }

    private List<String> answeredOtherwise(Map<UUID, String> answers) {
        var changed = new ArrayList<String>();
        answers.forEach((id, answer) -> {
            var before = "201 " + acknowledged.get(id);
            if (!answer.equals(before)) {
                changed.add(id + " was " + before + " and is " + answer);
            }
        });
        return changed;
    }

    private List<String> books(JdbcClient jdbc) {
        var wrong = new ArrayList<String>();
        long misplaced = jdbc.sql(MISPLACED).param("block", block).query(Long.class).single();
        if (misplaced != 0) {
            wrong.add(misplaced + " ranges of serials overlap or leave a gap");
        }
        wrong.addAll(jdbc.sql(UNBALANCED).param("block", block).query(String.class).list());
        return wrong;
    }
}
