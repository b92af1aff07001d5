package org.wattmark.registry;

import java.time.Year;
import java.util.UUID;
import org.wattmark.units.SerialRange;

/// How the serials of a retirement are written for people.
///
/// `WM-<country>-<project>-<vintage>-<first>-<last>`. A block numbers its grams from 1, and a
/// project may have several blocks of one vintage, so the project's part names both: the last
/// twelve hexadecimal digits of the project's id, a point, and the last twelve of the block's. The
/// last digits are the random ones of a UUIDv7. What counts is the block's whole id with the range.
public final class Serials {

    private static final int DIGITS = 12;

    private Serials() {}

    /// @return for example `WM-GBR-0242ac120002.5a1b9c3d7e4f-2026-1-2000000`
    public static String of(RetirementStatement statement) {
        return of(
                statement.region(),
                statement.project(),
                statement.block(),
                statement.vintage(),
                statement.serials());
    }

    /// The same for any range of a block: cancelled ones, and what nobody has used.
    ///
    /// @param region of the project's grid, ISO 3166 alpha-3
    public static String of(
            String region, UUID project, UUID block, Year vintage, SerialRange serials) {
        return String.join(
                "-",
                "WM",
                region,
                tail(project) + "." + tail(block),
                String.valueOf(vintage.getValue()),
                String.valueOf(serials.first()),
                String.valueOf(serials.last()));
    }

    private static String tail(UUID id) {
        var digits = id.toString();
        return digits.substring(digits.length() - DIGITS);
    }
}
