package org.wattmark.emissions;

import java.time.Year;
import java.util.Optional;

/// An edition of a publication of factors, where it holds and for which years.
///
/// @param region the code of the region it is for; empty if it knows no region
/// @param edition the year in its title
/// @param first the first year that we use it for
/// @param last the last year: the newest edition serves two years on, then a newer one is asked for
/// @param potentials the assessment report whose warming potentials it uses
public record ActivitySource(
        Source source,
        Optional<String> region,
        Year edition,
        Year first,
        Year last,
        String potentials) {

    public String id() {
        return source.id();
    }

    boolean isFor(Year year) {
        return !year.isBefore(first) && !year.isAfter(last);
    }

    /// `UK Government GHG Conversion Factors …, 2024, flat file, version 1.1, Factors by Category`
    public String line() {
        return source.document() + ", " + source.edition() + ", " + source.table();
    }
}
