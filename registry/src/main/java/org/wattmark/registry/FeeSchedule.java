package org.wattmark.registry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;
import org.wattmark.units.Price;

/// What the registry charges, from some time on. Zero is no fee.
///
/// @param from if it is past when the schedule is approved, it applies from then on: nothing that
///   was done is charged anew
/// @param issuance for each tonne that is issued, the buffer's share too; the proponent pays
/// @param retirement for each tonne that is retired, in the same currency; the holder pays
public record FeeSchedule(Instant from, Price issuance, Price retirement) {

    public FeeSchedule {
        if (!issuance.perTonne().currency().equals(retirement.perTonne().currency())) {
            throw new IllegalArgumentException("a schedule has one currency");
        }
    }

    /// What is charged for.
    public enum Kind {
        ISSUANCE,
        RETIREMENT
    }

    Price price(Kind kind) {
        return kind == Kind.ISSUANCE ? issuance : retirement;
    }

    /// Rounds down to a whole minor unit, against ourselves, as the market's fee does. Nobody has
    /// more than the largest number of money, so no fee is more: it is refused as too much.
    Money fee(Kind kind, Co2e quantity) {
        var perTonne = price(kind).perTonne();
        var exact = quantity.tonnes().multiply(BigDecimal.valueOf(perTonne.minorUnits()));
        var fee = exact.min(BigDecimal.valueOf(Long.MAX_VALUE)).setScale(0, RoundingMode.FLOOR);
        return new Money(fee.longValueExact(), perTonne.currency());
    }

    Canonical writeTo(Canonical canonical) {
        return canonical.instant(from).money(issuance.perTonne()).money(retirement.perTonne());
    }

    static FeeSchedule read(Canonical.Reader reader) throws Canonical.Malformed {
        return new FeeSchedule(
                reader.instant(), new Price(reader.money()), new Price(reader.money()));
    }
}
