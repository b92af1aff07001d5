package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// A transfer took place, by itself or as a step of a hold.
///
/// @param hold the hold it belongs to; the transfer's own id if it belongs to none
/// @param terms of the hold, if it makes one; otherwise [HoldTerms#NONE]
public record TransferPosted(Transfer transfer, Role role, UUID hold, HoldTerms terms)
        implements Fact {

    public static final String DOMAIN = "wattmark/transfer/v2";
    public static final String COMMITTED_DOMAIN = "wattmark/committed-transfer/v2";

    /// What the transfer does to its hold.
    public enum Role {
        PLAIN(0),
        RESERVES(1),
        CAPTURES(2),
        RELEASES(3),
        /// As a plain one; its amount was the most that one of the accounts' balances allowed.
        BALANCES(4);

        /// Its form in canonical bytes, which must never change.
        private final long number;

        Role(long number) {
            this.number = number;
        }

        public long number() {
            return number;
        }

        public boolean belongsToHold() {
            return this != PLAIN && this != BALANCES;
        }

        public static Role of(long number) throws Canonical.Malformed {
            for (var role : ROLES) {
                if (role.number == number) {
                    return role;
                }
            }
            throw new Canonical.Malformed("no role of a transfer: " + number);
        }
    }

    private static final Role[] ROLES = Role.values();

    public TransferPosted {
        if (!role.belongsToHold() && !hold.equals(transfer.id())) {
            throw new IllegalArgumentException(role + " belongs to no hold, not to " + hold);
        }
        if (role != Role.RESERVES && !terms.equals(HoldTerms.NONE)) {
            throw new IllegalArgumentException(role + " makes no hold, so it has no terms");
        }
    }

    /// One that makes no hold, or one without terms.
    public TransferPosted(Transfer transfer, Role role, UUID hold) {
        this(transfer, role, hold, HoldTerms.NONE);
    }

    static TransferPosted plain(Transfer transfer) {
        return new TransferPosted(transfer, Role.PLAIN, transfer.id());
    }

    @Override
    public byte[] content() {
        return inWords(DOMAIN).number(transfer.amount()).toByteArray();
    }

    /// Amounts of units are public. Of money and rewards the log shows who and which currency, and
    /// a commitment to how much.
    @Override
    public byte[] published(byte[] salt) {
        return isSalted()
                ? inWords(COMMITTED_DOMAIN)
                        .bytes(Commitment.to(transfer.amount(), salt))
                        .toByteArray()
                : content();
    }

    @Override
    public boolean isSalted() {
        return transfer.asset().isCommitted();
    }

    private Canonical inWords(String domain) {
        var words =
                Canonical.of(domain)
                        .id(transfer.id())
                        .number(role.number)
                        .text(transfer.debit().value())
                        .text(transfer.credit().value())
                        .text(transfer.asset().code())
                        .id(transfer.reference())
                        .number(transfer.code());
        if (role.belongsToHold()) {
            words.id(hold);
        }
        return role == Role.RESERVES ? terms.writeTo(words) : words;
    }

    public static TransferPosted of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var id = reader.id();
            var role = Role.of(reader.number());
            var debit = new AccountId(reader.text());
            var credit = new AccountId(reader.text());
            var asset = new Asset(reader.text());
            var reference = reader.id();
            int code = Math.toIntExact(reader.number());
            var hold = role.belongsToHold() ? reader.id() : id;
            var terms = role == Role.RESERVES ? HoldTerms.read(reader) : HoldTerms.NONE;
            var transfer = new Transfer(id, debit, credit, asset, reader.number(), reference, code);
            reader.end();
            return new TransferPosted(transfer, role, hold, terms);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
