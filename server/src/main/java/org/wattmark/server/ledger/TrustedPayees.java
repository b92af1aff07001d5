package org.wattmark.server.ledger;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.server.security.TransferLimits;

/// To whom an organisation may transfer, and how much within 24 hours. It is asked before the
/// ledger, and takes no item's id.
///
/// What the journal has already is passed: sent again it is answered as before, and moves nothing.
final class TrustedPayees {

    private static final String KNOWN = "select id from journal where id = any (?)";

    private static final String TRUSTED =
            "select payee, since from trusted_payee where organisation_id = :organisation";

    /// What is older counts no more.
    private static final String FORGET =
            """
            delete from transfer_allowance
            where organisation_id = :organisation and at <= :dayAgo
            """;

    private static final String USED =
            """
            select coalesce(sum(grams), 0) as grams, coalesce(sum(minor_units), 0) as minor_units
            from transfer_allowance where organisation_id = :organisation
            """;

    private static final String USE =
            """
            insert into transfer_allowance (id, organisation_id, at, grams, minor_units)
            values (:id, :organisation, :now, :grams, :minorUnits)
            """;

    private static final Duration DAY = Duration.ofHours(24);

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final TransferLimits limits;
    private final InstantSource clock;

    TrustedPayees(
            JdbcClient jdbc,
            TransactionTemplate transactions,
            TransferLimits limits,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.limits = limits;
        this.clock = clock;
    }

    /// What speaks against each item; null where nothing does.
    ///
    /// @param rights what spoke against it before
    List<@Nullable TransferFault> judge(
            UUID organisation,
            AccountId own,
            List<TransferItem> items,
            List<@Nullable TransferFault> rights) {
        var judged = new ArrayList<@Nullable TransferFault>(rights);
        var outgoing = outgoing(own, items, rights);
        if (outgoing.isEmpty()) {
            return judged;
        }
        var since = trusted(organisation);
        long grams = 0;
        long minorUnits = 0;
        var moving = new ArrayList<Integer>();
        for (var index : outgoing) {
            var command = ((TransferItem.Wish) items.get(index)).command();
            var fault = whyNot(command, own, since, "/transfers/" + index);
            judged.set(index, fault);
            if (fault == null) {
                var much = Moving.of(List.of(items.get(index)));
                grams = sum(grams, much.grams());
                minorUnits = sum(minorUnits, much.minorUnits());
                moving.add(index);
            }
        }
        if (!moving.isEmpty() && !use(organisation, grams, minorUnits)) {
            moving.forEach(index -> judged.set(index, tooMuch("/transfers/" + index)));
        }
        return judged;
    }

    /// Items that would move something of the organisation's to somebody else.
    private List<Integer> outgoing(
            AccountId own, List<TransferItem> items, List<@Nullable TransferFault> rights) {
        var outgoing = new ArrayList<Integer>();
        for (int i = 0; i < items.size(); i++) {
            if (rights.get(i) == null
                    && items.get(i) instanceof TransferItem.Wish(var command)
                    && !payees(command, own).isEmpty()) {
                outgoing.add(i);
            }
        }
        var known = known(outgoing.stream().map(i -> idOf(items.get(i))).toList());
        outgoing.removeIf(i -> known.contains(idOf(items.get(i))));
        return outgoing;
    }

    private static UUID idOf(TransferItem item) {
        return ((TransferItem.Wish) item).command().id();
    }

    private Set<UUID> known(List<UUID> ids) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(
                        jdbc.sql(KNOWN)
                                .param(ids.toArray(UUID[]::new))
                                .query((row, _) -> row.getObject(1, UUID.class))
                                .list());
    }

    private static Set<AccountId> payees(Command<Posting> command, AccountId own) {
        var payees = new HashSet<AccountId>();
        switch (command) {
            case PostTransfer wish -> add(wish, own, payees);
            case PostLinked group -> {
                for (var leg : group.legs()) {
                    if (leg instanceof PostTransfer wish) {
                        add(wish, own, payees);
                    }
                }
            }
            default -> {}
        }
        return payees;
    }

    private static void add(PostTransfer wish, AccountId own, Set<AccountId> payees) {
        if (wish.transfer().debit().equals(own)) {
            payees.add(wish.transfer().credit());
        }
    }

    private Map<String, Instant> trusted(UUID organisation) {
        var since = new HashMap<String, Instant>();
        jdbc.sql(TRUSTED)
                .param("organisation", organisation)
                .query(row -> {
                    since.put(row.getString("payee"), row.getTimestamp("since").toInstant());
                });
        return since;
    }

    private @Nullable TransferFault whyNot(
            Command<Posting> command, AccountId own, Map<String, Instant> since, String pointer) {
        for (var payee : payees(command, own)) {
            var from = since.get(payee.value());
            if (from == null) {
                return new TransferFault(
                        "payee_unknown",
                        pointer,
                        "the credited account is not among your payees: add it with POST"
                                + " /api/v1/organisation/payees");
            }
            var receives = from.plus(limits.coolOff());
            if (clock.instant().isBefore(receives)) {
                return new TransferFault(
                        "payee_too_new", pointer, "the credited account receives from " + receives);
            }
        }
        return null;
    }

    private static TransferFault tooMuch(String pointer) {
        return new TransferFault(
                "daily_limit",
                pointer,
                "with this your organisation would transfer more within 24 hours than it may: ask"
                        + " for less, or later");
    }

    /// Takes what is asked for out of the day's allowance, before it moves: what is refused after
    /// that counts too, for a day. One request of an organisation at a time.
    private boolean use(UUID organisation, long grams, long minorUnits) {
        var now = clock.instant();
        return Boolean.TRUE.equals(
                transactions.execute(_ -> {
                    jdbc.sql("select pg_advisory_xact_lock(hashtextextended(?, 20))")
                            .param(organisation.toString())
                            .query((_, _) -> true)
                            .list();
                    jdbc.sql(FORGET)
                            .param("organisation", organisation)
                            .param("dayAgo", Timestamp.from(now.minus(DAY)))
                            .update();
                    var used =
                            jdbc.sql(USED)
                                    .param("organisation", organisation)
                                    .query((row, _) ->
                                            new Moving(
                                                    row.getBigDecimal("grams").longValueExact(),
                                                    row.getBigDecimal("minor_units")
                                                            .longValueExact()))
                                    .single();
                    if (sum(used.grams(), grams) > limits.dailyGrams()
                            || sum(used.minorUnits(), minorUnits) > limits.dailyMinorUnits()) {
                        return false;
                    }
                    return jdbc.sql(USE)
                                    .param("id", UUID.randomUUID())
                                    .param("organisation", organisation)
                                    .param("now", Timestamp.from(now))
                                    .param("grams", grams)
                                    .param("minorUnits", minorUnits)
                                    .update()
                            == 1;
                }));
    }

    private static long sum(long one, long other) {
        return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
    }
}
