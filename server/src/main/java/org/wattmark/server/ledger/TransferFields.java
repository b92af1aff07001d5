package org.wattmark.server.ledger;

import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
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

/// The fields of one item of a bulk request, and of each leg of a linked one: filled as they are
/// read, in any order, then made into a command. The first fault that is met is kept.
///
/// One is used for thousands of items, so nothing is made for an item but what the ledger takes.
final class TransferFields {

    /// The fields, each in the place of its bit in [#given].
    private static final List<String> NAMES =
            List.of(
                    "id",
                    "kind",
                    "debit",
                    "credit",
                    "asset",
                    "amount",
                    "balancing",
                    "timeout_seconds",
                    "pending",
                    "code",
                    "reference",
                    "linked");

    private static final int ID = 1;
    private static final int KIND = 1 << 1;
    private static final int DEBIT = 1 << 2;
    private static final int CREDIT = 1 << 3;
    private static final int ASSET = 1 << 4;
    private static final int AMOUNT = 1 << 5;
    private static final int BALANCING = 1 << 6;
    private static final int TIMEOUT_SECONDS = 1 << 7;
    private static final int PENDING = 1 << 8;
    private static final int CODE = 1 << 9;
    private static final int REFERENCE = 1 << 10;
    private static final int LINKED = 1 << 11;

    private static final int MOVEMENT = DEBIT | CREDIT | ASSET | AMOUNT;
    private static final int WORDS = CODE | REFERENCE | BALANCING;

    /// What an item is; which fields it needs, and which it may have beside them.
    enum Kind {
        PLAIN(MOVEMENT, WORDS),
        PENDING(MOVEMENT, WORDS | TIMEOUT_SECONDS),
        POST_PENDING(TransferFields.PENDING, AMOUNT),
        VOID_PENDING(TransferFields.PENDING, 0),
        LINKED(TransferFields.LINKED, 0);

        private final int needed;
        private final int allowed;

        Kind(int needed, int others) {
            this.needed = needed;
            this.allowed = needed | others;
        }
    }

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final List<PostTransfer.Balancing> BALANCINGS =
            List.of(PostTransfer.Balancing.values());

    private int given;
    private @Nullable UUID id;
    private @Nullable Kind kind;
    private @Nullable AccountId debit;
    private @Nullable AccountId credit;
    private @Nullable Asset asset;
    private long amount;
    private PostTransfer.Balancing balancing = PostTransfer.Balancing.NONE;
    private int timeoutSeconds;
    private @Nullable UUID pending;
    private int code;
    private UUID reference = Transfer.NO_REFERENCE;
    private List<Leg> legs = List.of();

    private @Nullable String faultCode;
    private @Nullable String faultField;
    private @Nullable String faultMessage;

    void clear() {
        given = 0;
        id = null;
        kind = null;
        debit = null;
        credit = null;
        asset = null;
        pending = null;
        amount = 0;
        balancing = PostTransfer.Balancing.NONE;
        timeoutSeconds = 0;
        code = 0;
        reference = Transfer.NO_REFERENCE;
        legs = List.of();
        faultCode = null;
        faultField = null;
        faultMessage = null;
    }

    /// Reads the value that the reader stands at.
    void read(String name, TransferReader from) {
        switch (name) {
            case "id" -> id = first(ID) ? from.id() : from.passOver(id);
            case "kind" -> kind = first(KIND) ? from.oneOf(KINDS) : from.passOver(kind);
            case "debit" -> debit = first(DEBIT) ? from.account() : from.passOver(debit);
            case "credit" -> credit = first(CREDIT) ? from.account() : from.passOver(credit);
            case "asset" -> asset = first(ASSET) ? from.asset() : from.passOver(asset);
            case "amount" -> amount = number(AMOUNT, 1, Transfer.MAX_AMOUNT, amount, from);
            case "balancing" -> {
                var said = first(BALANCING) ? from.oneOf(BALANCINGS) : from.passOver(balancing);
                balancing = said == null ? PostTransfer.Balancing.NONE : said;
            }
            case "timeout_seconds" ->
                    timeoutSeconds =
                            (int)
                                    number(
                                            TIMEOUT_SECONDS,
                                            0,
                                            PostTransfer.MAX_TIMEOUT_SECONDS,
                                            timeoutSeconds,
                                            from);
            case "pending" -> pending = first(PENDING) ? from.id() : from.passOver(pending);
            case "code" -> code = (int) number(CODE, 0, Transfer.MAX_CODE, code, from);
            case "reference" -> {
                var said = first(REFERENCE) ? from.id() : from.passOver(reference);
                reference = said == null ? Transfer.NO_REFERENCE : said;
            }
            case "linked" -> legs = first(LINKED) ? from.legs() : from.passOver(legs);
            default -> {
                fault(TransferFault.UNKNOWN, name, "is unknown; known are " + NAMES);
                var _ = from.passOver(null);
            }
        }
        var wrong = from.takeFault();
        if (wrong != null) {
            fault(TransferFault.INVALID, name, wrong);
        }
    }

    private long number(int field, long least, long most, long before, TransferReader from) {
        if (first(field)) {
            return from.number(least, most);
        }
        var _ = from.passOver(null);
        return before;
    }

    /// A field that stands twice would let two readers of one item see different values.
    private boolean first(int field) {
        if ((given & field) != 0) {
            fault(TransferFault.INVALID, nameOf(field), "stands twice");
            return false;
        }
        given |= field;
        return true;
    }

    private static String nameOf(int field) {
        return NAMES.get(Integer.numberOfTrailingZeros(field));
    }

    void fault(String what, String field, String message) {
        if (faultCode == null) {
            faultCode = what;
            faultField = field;
            faultMessage = message;
        }
    }

    @Nullable UUID id() {
        return id;
    }

    /// What is wrong with it, where it stands; null if nothing is.
    @Nullable TransferFault fault(String pointer) {
        return faultCode == null
                ? null
                : new TransferFault(
                        faultCode,
                        pointer
                                + (faultField == null || faultField.isEmpty()
                                        ? ""
                                        : "/" + escaped()),
                        String.valueOf(faultMessage));
    }

    /// RFC 6901.
    private String escaped() {
        return String.valueOf(faultField).replace("~", "~0").replace("/", "~1");
    }

    /// The command of an item by itself; null, and a fault, if it makes none.
    @Nullable Command<Posting> command() {
        var own = id;
        if (own == null) {
            fault(TransferFault.MISSING, "id", "is missing");
            return null;
        }
        if (Transfer.isDerived(own)) {
            fault(TransferFault.INVALID, "id", own + " is of version 8, which is not for you");
            return null;
        }
        if (kind == Kind.LINKED || (kind == null && (given & LINKED) != 0)) {
            return isOf(Kind.LINKED) ? new PostLinked(own, legs) : null;
        }
        return leg(own);
    }

    /// The command of a leg, which its group gives an id; null, and a fault, if it makes none.
    @Nullable Leg leg() {
        if ((given & ID) != 0) {
            fault(TransferFault.INVALID, "id", "is given by the group, from its own id");
            return null;
        }
        if ((given & LINKED) != 0) {
            fault(TransferFault.INVALID, "linked", "is not for a leg");
            return null;
        }
        return leg(Transfer.NO_REFERENCE);
    }

    private @Nullable Leg leg(UUID own) {
        var what = kind == null ? Kind.PLAIN : kind;
        if (!isOf(what)) {
            return null;
        }
        return switch (what) {
            case PLAIN, PENDING -> transfer(own, what == Kind.PENDING);
            case POST_PENDING -> pending == null ? null : new PostPending(own, pending, amount);
            case VOID_PENDING -> pending == null ? null : new VoidPending(own, pending);
            case LINKED -> null;
        };
    }

    private @Nullable Leg transfer(UUID own, boolean waits) {
        if (debit == null || credit == null || asset == null) {
            return null; // it is given, and has a fault
        }
        if (debit.equals(credit)) {
            fault(TransferFault.INVALID, "credit", "is the debited account itself: " + credit);
            return null;
        }
        return new PostTransfer(
                new Transfer(own, debit, credit, asset, amount, reference, code),
                balancing,
                waits,
                timeoutSeconds);
    }

    /// Whether it has what one of this kind needs, and nothing that it has no use for.
    private boolean isOf(Kind what) {
        int missing = what.needed & ~given;
        int tooMuch = given & ~(what.allowed | ID | KIND);
        if (missing != 0) {
            fault(TransferFault.MISSING, nameOf(missing), "is missing");
        } else if (tooMuch != 0) {
            var article = " is not for kind " + what.name().toUpperCase(Locale.ROOT);
            fault(TransferFault.INVALID, nameOf(tooMuch), nameOf(tooMuch) + article);
        }
        return faultCode == null;
    }
}
