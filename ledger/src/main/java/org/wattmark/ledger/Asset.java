package org.wattmark.ledger;

import java.util.Currency;
import java.util.UUID;

/// What an account holds: a currency in minor units, the grams of one credit block, the watt-hours
/// of one granular certificate, or what a reward programme owes in millionths of its currency.
public record Asset(String code) {

    private static final int MAX_CLASS_LENGTH = 20;
    private static final int MAX_NAME_LENGTH = 60;
    private static final String MONEY = "money:";
    private static final String TEST_MONEY = "testmoney:";
    private static final String TEST_CREDITS = "testcredit:";
    private static final String GRANULAR = "granular:";
    private static final String TEST_GRANULAR = "testgranular:";
    private static final String REWARDS = "reward:";
    private static final String TEST_REWARDS = "testreward:";

    public Asset {
        if (!isWellFormed(code)) {
            throw new IllegalArgumentException(
                    "an asset is 1 to 20 of a-z, ':', and 1 to 60 of A-Z, a-z, 0-9, '-', not: "
                            + code);
        }
    }

    /// By hand, as it is asked for every transfer.
    private static boolean isWellFormed(String code) {
        int colon = code.indexOf(':');
        int name = code.length() - colon - 1;
        if (colon < 1 || colon > MAX_CLASS_LENGTH || name < 1 || name > MAX_NAME_LENGTH) {
            return false;
        }
        for (int i = 0; i < colon; i++) {
            if (!isLower(code.charAt(i))) {
                return false;
            }
        }
        for (int i = colon + 1; i < code.length(); i++) {
            char c = code.charAt(i);
            if (!isLower(c) && !(c >= 'A' && c <= 'Z') && !(c >= '0' && c <= '9') && c != '-') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLower(char c) {
        return c >= 'a' && c <= 'z';
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

    /// The watt-hours of a granular certificate: what a device generated in an hour.
    public static Asset granular(UUID certificate) {
        return new Asset(GRANULAR + certificate);
    }

    /// The watt-hours of a certificate of class TEST.
    public static Asset testGranular(UUID certificate) {
        return new Asset(TEST_GRANULAR + certificate);
    }

    /// Whether it is watt-hours of a granular certificate.
    public boolean isGranular() {
        return code.startsWith(GRANULAR) || code.startsWith(TEST_GRANULAR);
    }

    /// What a reward programme owes its devices' owners, in millionths of the currency.
    public static Asset rewards(UUID programme, Currency currency) {
        return new Asset(REWARDS + programme + "-" + currency.getCurrencyCode());
    }

    /// The same of a programme that only plays.
    public static Asset testRewards(UUID programme, Currency currency) {
        return new Asset(TEST_REWARDS + programme + "-" + currency.getCurrencyCode());
    }

    public boolean isMoney() {
        return code.startsWith(MONEY) || code.startsWith(TEST_MONEY);
    }

    /// Amounts of money are not public, nor are rewards, from which a household's energy could be
    /// told: the log shows a commitment to them.
    public boolean isCommitted() {
        return isMoney() || code.startsWith(REWARDS) || code.startsWith(TEST_REWARDS);
    }

    /// Whether it is of class TEST, which live accounts refuse.
    public boolean isTest() {
        return code.startsWith(TEST_MONEY)
                || code.startsWith(TEST_CREDITS)
                || code.startsWith(TEST_GRANULAR)
                || code.startsWith(TEST_REWARDS);
    }

    @Override
    public String toString() {
        return code;
    }
}
