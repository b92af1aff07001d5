package org.wattmark.units;

import java.math.BigDecimal;
import java.util.Currency;

/// An amount of money in whole minor units (cents) of its currency, 0 to 2^63 − 1.
public record Money(long minorUnits, Currency currency) {

    public Money {
        if (minorUnits < 0) {
            throw new IllegalArgumentException("money is negative: " + minorUnits);
        }
    }

    /// @param currencyCode an ISO 4217 code such as `EUR`
    public static Money of(long minorUnits, String currencyCode) {
        return new Money(minorUnits, Currency.getInstance(currencyCode));
    }

    /// Adds exactly; another currency is `IllegalArgumentException`.
    public Money plus(Money other) {
        return new Money(Math.addExact(minorUnits, inSameCurrency(other)), currency);
    }

    /// Subtracts exactly; a negative rest or another currency is `IllegalArgumentException`.
    public Money minus(Money other) {
        return new Money(minorUnits - inSameCurrency(other), currency);
    }

    private long inSameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not add");
        }
        return other.minorUnits;
    }

    /// `EUR 12.40`: the code, then the amount with the currency's own number of decimals.
    @Override
    public String toString() {
        return currency.getCurrencyCode()
                + " "
                + BigDecimal.valueOf(minorUnits, currency.getDefaultFractionDigits())
                        .toPlainString();
    }
}
