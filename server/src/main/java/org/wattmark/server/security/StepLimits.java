package org.wattmark.server.security;

/// Up to how much a person moves or retires without having signed in within minutes.
///
/// A machine's key or token was granted what it may do by a person who had.
///
/// @param grams of CO₂e in credits
/// @param minorUnits of money, whatever the currency
public record StepLimits(long grams, long minorUnits) {

    public StepLimits {
        if (grams < 0 || minorUnits < 0) {
            throw new IllegalArgumentException(
                    "wattmark.step-up limits are 0 or more: " + grams + " g, " + minorUnits);
        }
    }

    /// Answers 401 if this is more than the limits and the person has not signed in recently.
    public void require(Actor actor, long gramsMoved, long minorUnitsMoved) {
        if (gramsMoved > grams || minorUnitsMoved > minorUnits) {
            actor.requireRecentSignIn();
        }
    }
}
