package org.wattmark.rewards;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.UUID;
import org.wattmark.units.Canonical;

/// What a kilowatt-hour of electricity costs in a region from some civil day on, until the next
/// tariff begins there.
///
/// @param id of the proposal that it was entered by
/// @param perKilowattHour in the currency's main unit, exact as the source prints it: 0.3943
/// @param source the publication, edition and table that the number was read from
public record Tariff(
        UUID id,
        TariffRegion region,
        Currency currency,
        BigDecimal perKilowattHour,
        LocalDate from,
        String source) {

    /// Decimals of a price: Eurostat prints 4, and a utility's bill 6 at the most.
    public static final int MAX_DECIMALS = 6;

    public static final int MAX_SOURCE = 300;

    /// More than any household ever paid, in any currency; it bounds the arithmetic.
    static final BigDecimal MOST = BigDecimal.valueOf(1_000_000);

    public Tariff {
        if (perKilowattHour.signum() <= 0 || perKilowattHour.compareTo(MOST) > 0) {
            throw new IllegalArgumentException(
                    "a price for a kWh is more than 0 and at most " + MOST);
        }
        perKilowattHour = perKilowattHour.stripTrailingZeros();
        if (perKilowattHour.scale() > MAX_DECIMALS) {
            throw new IllegalArgumentException(
                    "a price for a kWh has " + MAX_DECIMALS + " decimals at the most");
        }
        MicroMoney.microUnitsPerMinorUnit(currency);
        Days.requireCountable(from);
        Words.require(source, MAX_SOURCE, "a source");
    }

    /// Of two tariffs that begin on one day, the one approved last applies.
    public record Key(TariffRegion region, Currency currency, LocalDate from) {}

    public Key key() {
        return new Key(region, currency, from);
    }

    Canonical writeTo(Canonical canonical) {
        return canonical
                .id(id)
                .text(region.code())
                .text(currency.getCurrencyCode())
                .decimal(perKilowattHour)
                .number(from.toEpochDay())
                .text(source);
    }

    static Tariff read(Canonical.Reader reader) throws Canonical.Malformed {
        return new Tariff(
                reader.id(),
                new TariffRegion(reader.text()),
                Currency.getInstance(reader.text()),
                reader.decimal(),
                Days.read(reader),
                reader.text());
    }
}
