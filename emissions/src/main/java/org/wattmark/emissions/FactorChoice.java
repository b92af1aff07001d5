package org.wattmark.emissions;

import java.util.List;

/// Which factor an activity meets, and why that one; or what must be said before there is one.
public sealed interface FactorChoice {

    /// @param because why this one and no other, in sentences
    record Chosen(ActivityFactor factor, List<String> because) implements FactorChoice {

        public Chosen {
            because = List.copyOf(because);
        }
    }

    /// Nothing is put in its place: there is no default for what is not known.
    ///
    /// @param ask what to tell us, in a sentence
    /// @param candidates what the answer may be
    record Asked(Reason reason, String ask, List<String> candidates) implements FactorChoice {

        public Asked {
            candidates = List.copyOf(candidates);
        }
    }

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// No factor has the id that was named.
        FACTOR_UNKNOWN,
        /// The site's region has no factors for this item.
        REGION_WITHOUT_FACTOR,
        /// There are factors of the region, and none for this year.
        YEAR_WITHOUT_FACTOR,
        /// Electricity in the United States needs the eGRID subregion of the site.
        GRID_UNKNOWN,
        /// There are factors, and none of them for such a unit.
        UNIT_WITHOUT_FACTOR
    }
}
