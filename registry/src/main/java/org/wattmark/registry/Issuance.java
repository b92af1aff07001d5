package org.wattmark.registry;

import java.util.List;
import org.wattmark.ledger.Receipt;

/// What came of the wish to issue credits.
public sealed interface Issuance {

    /// @param blocks one for each vintage that has at least a gram
    /// @param receipts of each block's entry, in the same order
    record Issued(List<CreditBlock> blocks, List<Receipt> receipts) implements Issuance {

        public Issued {
            blocks = List.copyOf(blocks);
            receipts = List.copyOf(receipts);
        }
    }

    record Refused(Reason reason) implements Issuance {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        CLAIM_UNKNOWN,
        /// The proponent asks for its own claim; an operator may ask for anyone's.
        ROLE_MAY_NOT,
        ALREADY_ISSUED,
        NOT_APPROVED,
        /// What was verified rounds down to nothing; it is carried to the next statement.
        NOTHING_TO_ISSUE,
        /// The account that units come from stands still, or the buffer's.
        ISSUANCE_SUSPENDED,
        /// Or closed: nothing comes into the holder's account.
        HOLDER_FROZEN,
        /// Reductions were lost beyond the buffer, and the proponent has not made them good.
        REVERSAL_NOT_COVERED,
        /// For the fee.
        NOT_ENOUGH_MONEY,
        /// The currency of the fee does, or an account that it moves between.
        MONEY_STANDS_STILL
    }
}
