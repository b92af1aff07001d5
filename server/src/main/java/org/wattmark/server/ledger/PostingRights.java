package org.wattmark.server.ledger;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Asset;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Leg;
import org.wattmark.ledger.PostLinked;
import org.wattmark.ledger.PostPending;
import org.wattmark.ledger.PostTransfer;
import org.wattmark.ledger.Posting;
import org.wattmark.ledger.Transfer;
import org.wattmark.ledger.VoidPending;

/// Who may post what through the bulk endpoint. The ledger's own rules come after it.
///
/// | asset | moves between | debited by |
/// |---|---|---|
/// | credits | holders | the holder itself |
/// | money | holders; an operator also moves what fees have earned | the holder itself |
/// | any other | accounts that operators opened | an operator |
///
/// No operator moves what is somebody else's: the registry intervenes by two persons, elsewhere.
///
/// So units are issued, retired and cancelled, and money comes in, by their own endpoints alone:
/// here is no way around the registry's rules and the deposits' second pair of eyes, for an
/// operator neither.
final class PostingRights {

    private static final String PARTIES =
            """
            select journal.hold, debit.id as debit, payee.id as payee
            from journal
            join account as debit on debit.number = journal.debit
            join account as payee on payee.number = journal.payee
            where journal.hold = any (?) and journal.role = 1
            """;

    private final AccountId own;
    private final boolean operator;

    /// Of pending transfers that the request names and the journal has; or that come before in it.
    private final Map<UUID, Parties> pending;

    private PostingRights(AccountId own, boolean operator, Map<UUID, Parties> pending) {
        this.own = own;
        this.operator = operator;
        this.pending = pending;
    }

    private record Parties(AccountId payer, AccountId payee) {}

    /// What speaks against an item before the ledger is asked. None takes the item's id.
    enum Refusal {
        NOT_YOUR_ACCOUNT("the debited account is not yours"),
        CREDITS_MOVE_BETWEEN_HOLDERS(
                "here credits move from holder to holder; they are issued, retired and traded at"
                        + " endpoints of their own"),
        MONEY_MOVES_BETWEEN_HOLDERS(
                "here money moves from holder to holder; it comes in by deposits"),
        ASSET_FOR_OPERATORS(
                "assets other than credits and money move between accounts that operators opened"),
        HOLD_UNKNOWN("there is no pending transfer of this id that you may post or void");

        final String message;

        Refusal(String message) {
            this.message = message;
        }

        TransferFault fault(@Nullable String pointer) {
            return new TransferFault(name().toLowerCase(Locale.ROOT), pointer, message);
        }
    }

    /// @param own the account of the organisation that acts
    static PostingRights of(
            AccountId own, boolean operator, List<TransferItem> items, JdbcClient jdbc) {
        var named = new HashSet<UUID>();
        for (var item : items) {
            if (item instanceof TransferItem.Wish(var command)) {
                addPending(command, named);
            }
        }
        var pending = new HashMap<UUID, Parties>();
        if (!named.isEmpty()) {
            jdbc.sql(PARTIES)
                    .param(named.toArray(UUID[]::new))
                    .query(row -> {
                        pending.put(
                                row.getObject("hold", UUID.class),
                                new Parties(
                                        new AccountId(row.getString("debit")),
                                        new AccountId(row.getString("payee"))));
                    });
        }
        return new PostingRights(own, operator, pending);
    }

    private static void addPending(Command<Posting> command, Set<UUID> into) {
        switch (command) {
            case PostPending wish -> into.add(wish.pending());
            case VoidPending wish -> into.add(wish.pending());
            case PostLinked group -> group.legs().forEach(leg -> addPending(leg, into));
            default -> {}
        }
    }

    /// The first reason why the actor may not ask for this; null if it may.
    ///
    /// Ask in the order of the request: an item may post what one before it has reserved.
    @Nullable TransferFault whyNot(Command<Posting> command, int index) {
        if (!(command instanceof PostLinked group)) {
            var refusal = whyNot((Leg) command);
            return refusal == null ? null : refusal.fault("/transfers/" + index);
        }
        for (int n = 0; n < group.legs().size(); n++) {
            var refusal = whyNot(group.legs().get(n));
            if (refusal != null) {
                return refusal.fault("/transfers/" + index + "/linked/" + n);
            }
        }
        return null;
    }

    private @Nullable Refusal whyNot(Leg leg) {
        return switch (leg) {
            case PostTransfer wish -> {
                var refusal = whyNot(wish.transfer());
                if (refusal == null && wish.pending()) {
                    // What the journal says of this id comes first: it may be another's.
                    pending.putIfAbsent(
                            wish.id(),
                            new Parties(wish.transfer().debit(), wish.transfer().credit()));
                }
                yield refusal;
            }
            case PostPending(var _, var id, var _) -> {
                var parties = pending.get(id);
                yield parties != null && mayDebit(parties.payer()) ? null : Refusal.HOLD_UNKNOWN;
            }
            // Whoever was to have it may let it go; and what goes back to its owner harms nobody.
            case VoidPending(var _, var id) -> {
                var parties = pending.get(id);
                yield parties != null
                                && (operator
                                        || own.equals(parties.payer())
                                        || own.equals(parties.payee()))
                        ? null
                        : Refusal.HOLD_UNKNOWN;
            }
        };
    }

    private @Nullable Refusal whyNot(Transfer transfer) {
        var debit = transfer.debit();
        var credit = transfer.credit();
        if (isCredits(transfer.asset())) {
            if (!isHolders(debit) || !isHolders(credit)) {
                return Refusal.CREDITS_MOVE_BETWEEN_HOLDERS;
            }
        } else if (transfer.asset().isMoney()) {
            if (!mayHaveMoney(debit) || !mayHaveMoney(credit)) {
                return Refusal.MONEY_MOVES_BETWEEN_HOLDERS;
            }
        } else if (!operator || !isFree(debit) || !isFree(credit)) {
            return Refusal.ASSET_FOR_OPERATORS;
        }
        return mayDebit(debit) ? null : Refusal.NOT_YOUR_ACCOUNT;
    }

    private boolean mayDebit(AccountId account) {
        return account.equals(own) || (operator && !isHolders(account));
    }

    private boolean mayHaveMoney(AccountId account) {
        return isHolders(account) || (operator && withoutClass(account).equals("system:fees"));
    }

    static boolean isHolders(AccountId account) {
        return withoutClass(account).startsWith("holder:");
    }

    /// Whether operators may open it and do with it what they like.
    static boolean isFree(AccountId account) {
        return !isHolders(account) && !withoutClass(account).startsWith("system:");
    }

    private static String withoutClass(AccountId account) {
        return account.isTest() ? account.value().substring("test:".length()) : account.value();
    }

    /// Certified watt-hours move by the same rules as credits.
    static boolean isCredits(Asset asset) {
        return asset.isGranular()
                || asset.code().startsWith("credit:")
                || asset.code().startsWith("testcredit:");
    }
}
