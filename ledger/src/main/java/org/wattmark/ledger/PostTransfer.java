package org.wattmark.ledger;

import java.time.Duration;
import java.util.UUID;
import org.wattmark.ledger.TransferPosted.Role;
import org.wattmark.units.Canonical;

/// Asks for one transfer, whose id is the command's.
///
/// @param transfer its amount is the most that may move if it balances
/// @param pending it reserves the amount for the credited account, until a [PostPending] or a
///   [VoidPending]
/// @param timeoutSeconds after which a pending transfer can only go back; 0 if it waits for ever
public record PostTransfer(
        Transfer transfer, Balancing balancing, boolean pending, int timeoutSeconds)
        implements Leg {

    /// A leap year. Whoever reserves for longer does not wait but has forgotten.
    public static final int MAX_TIMEOUT_SECONDS = (int) Duration.ofDays(366).toSeconds();

    private static final String DOMAIN = "wattmark/post-transfer/v1";

    /// Which account's balance bounds the amount.
    public enum Balancing {
        NONE(0),
        /// No more moves than the debited account has.
        DEBIT(1),
        /// No more moves than the credited account is below zero.
        CREDIT(2),
        BOTH(3);

        /// Its form in canonical bytes, which must never change.
        private final long number;

        Balancing(long number) {
            this.number = number;
        }

        boolean boundsDebit() {
            return this == DEBIT || this == BOTH;
        }

        boolean boundsCredit() {
            return this == CREDIT || this == BOTH;
        }
    }

    public PostTransfer {
        if (timeoutSeconds < 0 || timeoutSeconds > MAX_TIMEOUT_SECONDS) {
            throw new IllegalArgumentException(
                    "a timeout is from 0 to " + MAX_TIMEOUT_SECONDS + " s, not " + timeoutSeconds);
        }
        if (timeoutSeconds > 0 && !pending) {
            throw new IllegalArgumentException("only a pending transfer has a timeout");
        }
    }

    public static PostTransfer plain(Transfer transfer) {
        return new PostTransfer(transfer, Balancing.NONE, false, 0);
    }

    public static PostTransfer balancing(Transfer transfer, Balancing balancing) {
        return new PostTransfer(transfer, balancing, false, 0);
    }

    /// Waits for ever if the timeout is 0.
    public static PostTransfer pending(Transfer transfer, int timeoutSeconds) {
        return new PostTransfer(transfer, Balancing.NONE, true, timeoutSeconds);
    }

    /// Whether the entry that it makes says all that it asked for. Such an entry is the record of
    /// its command too: [#of(TransferPosted)] gives the command back.
    @Override
    public boolean isItsOwnRecord() {
        return balancing == Balancing.NONE && !pending;
    }

    /// Whether the transfer is the record of its command: a plain one under an id that was chosen.
    /// The ids of all others follow from a command's.
    public static boolean isRecordedBy(TransferPosted posted) {
        return posted.role() == Role.PLAIN && !Transfer.isDerived(posted.transfer().id());
    }

    /// The command that made this entry.
    ///
    /// @throws IllegalArgumentException unless [#isRecordedBy]
    public static PostTransfer of(TransferPosted posted) {
        if (!isRecordedBy(posted)) {
            throw new IllegalArgumentException("is not its own record: " + posted);
        }
        return plain(posted.transfer());
    }

    @Override
    public UUID id() {
        return transfer.id();
    }

    @Override
    public PostTransfer withId(UUID id) {
        return new PostTransfer(transfer.withId(id), balancing, pending, timeoutSeconds);
    }

    @Override
    public byte[] content() {
        return writeTo(Canonical.of(DOMAIN)).toByteArray();
    }

    @Override
    public Canonical writeTo(Canonical canonical) {
        return canonical
                .text(transfer.debit().value())
                .text(transfer.credit().value())
                .text(transfer.asset().code())
                .number(transfer.amount())
                .id(transfer.reference())
                .number(transfer.code())
                .number(balancing.number)
                .number(pending ? 1 : 0)
                .number(timeoutSeconds);
    }
}
