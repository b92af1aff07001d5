package org.wattmark.rewards;

import org.wattmark.ledger.Receipt;

/// What came of the wish to fund a programme.
public sealed interface Funding {

    /// @param pool what can still be earned, with this
    record Funded(MicroMoney added, MicroMoney pool, Receipt receipt) implements Funding {}

    record Refused(Reason reason) implements Funding {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        PROGRAMME_UNKNOWN,
        CURRENCY_DIFFERS,
        FUNDER_UNKNOWN,
        /// Test programmes take test money from test accounts, live ones live money.
        TEST_AND_LIVE_DO_NOT_MIX,
        NOT_ENOUGH_MONEY,
        /// More than a pool can ever hold: 2^63 − 1 micro-units.
        TOO_MUCH_MONEY,
        /// Your account, one of the programme, or the currency stands still.
        STANDS_STILL
    }
}
