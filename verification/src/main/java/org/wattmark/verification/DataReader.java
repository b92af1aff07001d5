package org.wattmark.verification;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.units.Money;
import org.wattmark.units.Share;

/// Reads the fields of reported data and says what is wrong with a stranger's bytes.
final class DataReader {

    private final Canonical.Reader fields;

    DataReader(Canonical.Reader fields) {
        this.fields = fields;
    }

    /// Reads one part.
    interface Part<T> {
        T read() throws Malformed;
    }

    String text() throws Malformed {
        return fields.text();
    }

    long number() throws Malformed {
        return fields.number();
    }

    int smallNumber() throws Malformed {
        return Math.toIntExact(fields.number());
    }

    BigDecimal decimal() throws Malformed {
        return fields.decimal();
    }

    Energy energy() throws Malformed {
        return fields.energy();
    }

    Co2e co2e() throws Malformed {
        return fields.co2e();
    }

    Money money() throws Malformed {
        return fields.money();
    }

    Share share() throws Malformed {
        return new Share(smallNumber());
    }

    Sha256 digest() throws Malformed {
        return Sha256.ofDigest(fields.bytes());
    }

    LocalDate date() throws Malformed {
        return LocalDate.ofEpochDay(fields.number());
    }

    boolean yes() throws Malformed {
        long value = fields.number();
        if (value != 0 && value != 1) {
            throw new Malformed("neither yes nor no: " + value);
        }
        return value == 1;
    }

    <T> Optional<T> optional(Part<T> part) throws Malformed {
        return yes() ? Optional.of(part.read()) : Optional.empty();
    }

    <T> List<T> list(int most, Part<T> part) throws Malformed {
        long size = fields.number();
        if (size < 0 || size > most) {
            throw new Malformed("a list of " + size + " where at most " + most + " may be");
        }
        var parts = new ArrayList<T>();
        for (long i = 0; i < size; i++) {
            parts.add(part.read());
        }
        return parts;
    }

    <E extends Enum<E>> E named(E[] values) throws Malformed {
        var name = fields.text();
        return Arrays.stream(values)
                .filter(value -> value.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new Malformed("unknown: " + name));
    }

    void end() throws Malformed {
        fields.end();
    }
}
