package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// Reported data as canonical bytes, and back.
final class DataBytes {

    /// Digits before and behind the point that a reported decimal may have.
    private static final int MOST_DIGITS = 15;

    private static final int MOST_PLACES = 12;

    /// Reads the fields of one methodology's data.
    private interface Kind {
        MonitoredData read(Reported reported, DataReader reader) throws Malformed;
    }

    private static final Map<MethodologyId, Kind> KINDS =
            Map.of(
                    DeemedSavings.ID, DeemedInstallations::read,
                    WholeMeterSavings.ID, WholeMeterReadings::read,
                    FuelSwitch.ID, HeatSupply::read,
                    LoggedSavings.ID, LoggedActivity::read,
                    Recycling.ID, RecycledMaterial::read,
                    OrganicWaste.ID, DivertedWaste::read,
                    DeclaredReduction.ID, DeclaredTotals::read);

    private DataBytes() {}

    /// Begins: domain, methodology, and what every report says.
    static Canonical begin(MonitoredData data) {
        var bytes =
                Canonical.of(MonitoredData.DOMAIN)
                        .text(data.methodology().name())
                        .number(data.methodology().version());
        data.reported().write(bytes);
        return bytes;
    }

    static MonitoredData read(byte[] content) throws Malformed {
        try {
            var reader = new DataReader(Canonical.Reader.of(MonitoredData.DOMAIN, content));
            var data = fields(new MethodologyId(reader.text(), reader.smallNumber()), reader);
            reader.end();
            return data;
        } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
            // The types' own rules: a negative power, a list twice, a date that is none.
            throw new Malformed("not monitored data: " + e.getMessage());
        }
    }

    private static MonitoredData fields(MethodologyId methodology, DataReader reader)
            throws Malformed {
        var reported = Reported.read(reader);
        var kind = KINDS.get(methodology);
        if (kind == null) {
            throw new Malformed("no methodology for reported data: " + methodology);
        }
        return kind.read(reported, reader);
    }

    static void writeOptional(Canonical bytes, Optional<BigDecimal> value) {
        bytes.number(value.isPresent() ? 1 : 0);
        value.ifPresent(bytes::decimal);
    }

    static void writeOptionalText(Canonical bytes, Optional<String> value) {
        bytes.number(value.isPresent() ? 1 : 0);
        value.ifPresent(bytes::text);
    }

    /// A reported number: not negative, and no longer than a ledger of any sort writes it. One
    /// number has one form, so that equal data are equal records.
    static BigDecimal amount(String what, BigDecimal value) {
        if (value.signum() < 0) {
            throw new IllegalArgumentException(what + " is negative: " + value.toPlainString());
        }
        return signed(what, value);
    }

    static BigDecimal positive(String what, BigDecimal value) {
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(what + " is not above 0: " + value.toPlainString());
        }
        return signed(what, value);
    }

    /// A part of one, above 0: an efficiency, a load.
    static BigDecimal part(String what, BigDecimal value) {
        if (value.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException(what + " is above 1: " + value.toPlainString());
        }
        return positive(what, value);
    }

    static BigDecimal signed(String what, BigDecimal value) {
        // Before its zeros are written out: 1E+999999999 is a short text and a long number.
        var stripped = value.stripTrailingZeros();
        long digits = (long) stripped.precision() - stripped.scale();
        if (digits > MOST_DIGITS || stripped.scale() > MOST_PLACES) {
            throw new IllegalArgumentException(
                    what
                            + " has more than "
                            + MOST_DIGITS
                            + " digits before or "
                            + MOST_PLACES
                            + " behind the point");
        }
        return Reduction.exact(stripped);
    }

    /// A civil day of our time, so that what is counted from it stays in it.
    static LocalDate day(String what, LocalDate date) {
        if (date.getYear() < 2000 || date.getYear() > 2199) {
            throw new IllegalArgumentException(what + " is not of our time: " + date);
        }
        return date;
    }

    static String words(String what, String value, int most) {
        if (value.isBlank() || value.length() > most) {
            throw new IllegalArgumentException(what + " has 1 to " + most + " characters");
        }
        return value;
    }
}
