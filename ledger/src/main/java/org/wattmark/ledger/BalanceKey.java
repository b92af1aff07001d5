package org.wattmark.ledger;

/// One account's position in one asset.
public record BalanceKey(AccountId account, Asset asset) {}
