package org.wattmark.ledger;

import java.util.Currency;
import java.util.UUID;
import java.util.regex.Pattern;

/// What an account holds: a currency in minor units, or the grams of one credit block.
public record Asset(String code) {

    private static final Pattern FORM = Pattern.compile("[a-z]+:[A-Za-z0-9-]{1,60}");
    private static final String MONEY = "money:";

    public Asset {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("not an asset code: " + code);
        }
    }

    public static Asset money(Currency currency) {
        return new Asset(MONEY + currency.getCurrencyCode());
    }

    /// The units of a credit block that stand for a real reduction.
    public static Asset credits(UUID block) {
        return new Asset("credit:" + block);
    }

    /// The units of a block of class TEST: another asset, so that the two never mix.
    public static Asset testCredits(UUID block) {
        return new Asset("test:" + block);
    }

    /// Amounts of money are not public: the log shows a commitment to them.
    public boolean isMoney() {
        return code.startsWith(MONEY);
    }

    @Override
    public String toString() {
        return code;
    }
}
