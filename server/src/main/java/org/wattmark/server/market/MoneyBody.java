package org.wattmark.server.market;

import java.math.BigInteger;
import java.util.Currency;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.wattmark.server.registry.Refusals;
import org.wattmark.units.Money;

/// Money as a client writes it. It takes any whole number, so that the refusal of one can name the
/// limits.
///
/// @param minorUnits 1 to 2^63 − 1, such as cents
/// @param currency ISO 4217 code
public record MoneyBody(BigInteger minorUnits, String currency) {

    /// Gold, test codes and "no currency" have ISO 4217 codes too, but no minor units.
    private static final Map<String, Currency> CURRENCIES =
            Currency.getAvailableCurrencies().stream()
                    .filter(each -> each.getDefaultFractionDigits() >= 0)
                    .collect(Collectors.toMap(Currency::getCurrencyCode, Function.identity()));

    /// @param pointer where it stands in the body
    public Money at(String pointer) {
        return new Money(
                Positive.number(pointer + "/minor_units", minorUnits),
                currency(pointer + "/currency", currency));
    }

    public static Currency currency(String pointer, String code) {
        var currency = CURRENCIES.get(code);
        if (currency == null) {
            throw Refusals.invalid(
                    pointer, "is no ISO 4217 currency with minor units; give a code such as EUR");
        }
        return currency;
    }
}
