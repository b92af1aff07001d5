package org.wattmark.ledger;

import java.util.List;

/// What came of [ReleaseExpired].
public sealed interface Expiry {

    /// @param receipts one for each hold that went back
    /// @param moreWait whether others have expired too, so that it is worth to ask again at once
    record Released(List<Receipt> receipts, boolean moreWait) implements Expiry {

        public Released {
            receipts = List.copyOf(receipts);
        }
    }

    record Refused(Reason reason) implements Expiry {}

    enum Reason {
        ID_STANDS_FOR_ANOTHER
    }
}
