package org.wattmark.verification;

import java.math.BigDecimal;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// A number that a quantification took from a table, so that anyone may look it up and a later
/// quantification takes the same one.
///
/// @param role what it was used as, such as `grid` or `baseline fuel`; once for each quantification
/// @param library table and version, such as `grid-factors/1`
/// @param id in that table
/// @param value exact, in `unit`
/// @param source the line that tells where the table has it from
public record CitedFactor(
        String role, String library, String id, BigDecimal value, String unit, String source) {

    public CitedFactor {
        value = Reduction.exact(value);
    }

    public void write(Canonical bytes) {
        bytes.text(role).text(library).text(id).decimal(value).text(unit).text(source);
    }

    public static CitedFactor read(Canonical.Reader reader) throws Malformed {
        return new CitedFactor(
                reader.text(),
                reader.text(),
                reader.text(),
                reader.decimal(),
                reader.text(),
                reader.text());
    }

    /// Whether both name one number of one table.
    boolean isSameNumber(CitedFactor other) {
        return role.equals(other.role)
                && library.equals(other.library)
                && id.equals(other.id)
                && value.compareTo(other.value) == 0
                && unit.equals(other.unit);
    }

    /// `grid: ember-2024/GBR/average of grid-factors/1 = 215.79 g/kWh`
    @Override
    public String toString() {
        return role + ": " + id + " of " + library + " = " + value.toPlainString() + " " + unit;
    }
}
