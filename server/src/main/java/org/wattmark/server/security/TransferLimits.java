package org.wattmark.server.security;

import java.time.Duration;

/// How much an organisation transfers to others, and to whom, however well somebody has signed in:
/// whoever stole a session or a key moves nothing to an account of their own before it is noticed.
///
/// @param coolOff how long a payee has been trusted before it receives
/// @param dailyGrams of credits within 24 hours, to all payees together
/// @param dailyMinorUnits of money within 24 hours, whatever the currency
public record TransferLimits(Duration coolOff, long dailyGrams, long dailyMinorUnits) {

    /// A day: a mail is read within it, and a working day lies in it. Our own choice.
    public static final Duration STANDARD_COOL_OFF = Duration.ofHours(24);

    /// 10,000 t: our own choice, above what small firms and households ever hold.
    public static final long STANDARD_DAILY_GRAMS = 10_000_000_000L;

    /// 1,000,000.00 of a currency with cents: our own choice.
    public static final long STANDARD_DAILY_MINOR_UNITS = 100_000_000L;

    public TransferLimits {
        if (coolOff.isNegative() || dailyGrams < 0 || dailyMinorUnits < 0) {
            throw new IllegalArgumentException(
                    "wattmark.transfers limits are 0 or more: %s, %d g, %d"
                            .formatted(coolOff, dailyGrams, dailyMinorUnits));
        }
    }
}
