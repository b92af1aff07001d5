package org.wattmark.emissions;

import java.util.Optional;

/// Which factor turns clean energy into credits, and what it was chosen from; or why there is none.
public sealed interface CreditingChoice {

    /// The default: the lower of the two, the margin where they are equal. The two differ in kind,
    /// gases and boundary, so taking the lower is a conservative policy and not a methodology's
    /// rule; both are shown.
    record Lower(EmissionFactor margin, EmissionFactor average) implements CreditingChoice {

        public EmissionFactor factor() {
            return margin.gramsPerKilowattHour().compareTo(average.gramsPerKilowattHour()) <= 0
                    ? margin
                    : average;
        }
    }

    /// One named factor, with what the default would have been, where there is one.
    record Forced(EmissionFactor factor, Optional<Lower> instead) implements CreditingChoice {

        /// Whether more would be credited than by default, or nobody can say: a person decides.
        public boolean creditsMore() {
            return instead.isEmpty()
                    || factor.gramsPerKilowattHour()
                                    .compareTo(instead.get().factor().gramsPerKilowattHour())
                            > 0;
        }
    }

    record Refused(Reason reason) implements CreditingChoice {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// No such region in the table. There is no global default.
        REGION_UNKNOWN,
        /// A group of countries has no grid of its own.
        REGION_IS_A_GROUP,
        /// Only an average is known: the lower of the two cannot be told.
        COMBINED_MARGIN_UNKNOWN,
        /// Only a margin is known: the lower of the two cannot be told.
        AVERAGE_UNKNOWN,
        /// No factor has this id.
        FACTOR_UNKNOWN
    }

    /// The factor that is to be used, or nothing where the choice is refused.
    default Optional<EmissionFactor> chosen() {
        return switch (this) {
            case Lower lower -> Optional.of(lower.factor());
            case Forced forced -> Optional.of(forced.factor());
            case Refused _ -> Optional.empty();
        };
    }
}
