package org.wattmark.ledger;

import java.util.Currency;
import java.util.UUID;
import java.util.regex.Pattern;

/// What an account holds: a currency in minor units, or the grams of one credit block.
public record Asset(String code) {

    private static final Pattern FORM = Pattern.compile("[a-z]+:[A-Za-z0-9-]{1,60}");
    private static final String MONEY = "money:";
    private static final String TEST_MONEY = "testmoney:";
    private static final String TEST_CREDITS = "testcredit:";

    public Asset {
        if (!FORM.matcher(code).matches()) {
            throw new IllegalArgumentException("not an asset code: " + code);
        }
    }

    public static Asset money(Currency currency) {
        return new Asset(MONEY + currency.getCurrencyCode());
    }

    /// Money of the same name that buys nothing real.
    public static Asset testMoney(Currency currency) {
        return new Asset(TEST_MONEY + currency.getCurrencyCode());
    }

    /// The units of a credit block that stand for a real reduction.
    public static Asset credits(UUID block) {
        return new Asset("credit:" + block);
    }

    /// The units of a block of class TEST: another asset, so that the two never mix.
    public static Asset testCredits(UUID block) {
        return new Asset(TEST_CREDITS + block);
    }

    /// Amounts of money are not public: the log shows a commitment to them.
    public boolean isMoney() {
        return code.startsWith(MONEY) || code.startsWith(TEST_MONEY);
    }

    /// Whether it is of class TEST, which live accounts refuse.
    public boolean isTest() {
        return code.startsWith(TEST_MONEY) || code.startsWith(TEST_CREDITS);
    }

    @Override
    public String toString() {
        return code;
    }
}
