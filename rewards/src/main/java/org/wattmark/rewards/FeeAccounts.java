package org.wattmark.rewards;

import org.wattmark.ledger.AccountId;

/// Where the operator's fees lie, of trades that are real and of those that only play.
public record FeeAccounts(AccountId live, AccountId test) {

    AccountId of(Programme programme) {
        return programme.test() ? test : live;
    }
}
