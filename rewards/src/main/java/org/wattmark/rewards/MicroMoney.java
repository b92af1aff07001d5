package org.wattmark.rewards;

import java.util.Currency;
import org.wattmark.units.Money;

/// An amount in whole millionths of a currency's main unit, 0 to 2^63 − 1: rewards are counted in
/// them, as one interval earns much less than a cent.
public record MicroMoney(long microUnits, Currency currency) {

    private static final int MICRO_DIGITS = 6;

    public MicroMoney {
        if (microUnits < 0) {
            throw new IllegalArgumentException("micro-money is negative: " + microUnits);
        }
        microUnitsPerMinorUnit(currency);
    }

    /// Exact: a cent is 10,000 micro-euro. Past 2^63 − 1 it throws `ArithmeticException`.
    public static MicroMoney of(Money money) {
        long each = microUnitsPerMinorUnit(money.currency());
        return new MicroMoney(Math.multiplyExact(money.minorUnits(), each), money.currency());
    }

    /// Whether the amount can be counted in micro-units.
    public static boolean canCount(Money money) {
        return money.minorUnits() <= Long.MAX_VALUE / microUnitsPerMinorUnit(money.currency());
    }

    /// How many micro-units a minor unit (cent) has; a currency without decimals has 1,000,000.
    public static long microUnitsPerMinorUnit(Currency currency) {
        int digits = currency.getDefaultFractionDigits();
        if (digits < 0 || digits > MICRO_DIGITS) {
            throw new IllegalArgumentException("not money that is paid in: " + currency);
        }
        long each = 1;
        for (int i = digits; i < MICRO_DIGITS; i++) {
            each *= 10;
        }
        return each;
    }

    /// The whole minor units in it, rounded down: what is less than a cent waits for more.
    public Money wholeMinorUnits() {
        return new Money(microUnits / microUnitsPerMinorUnit(currency), currency);
    }
}
