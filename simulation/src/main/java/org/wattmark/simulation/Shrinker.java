package org.wattmark.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Makes a failing history short: what can be left out without the failure going away is left out,
/// first in large pieces, at last one by one (Zeller and Hildebrandt, "Simplifying and Isolating
/// Failure-Inducing Input", 2002: delta debugging).
final class Shrinker<D, F> {

    private final Function<List<D>, Optional<F>> play;
    private int left;

    /// @param play what becomes of a history: the failure, if it is still the same
    /// @param plays how often to try at most
    Shrinker(Function<List<D>, Optional<F>> play, int plays) {
        this.play = play;
        this.left = plays;
    }

    /// A history that fails as before, and of which, if there was time to find out, no single
    /// decision can be left out.
    F shrink(List<D> failing, F failure) {
        var shortest = failing;
        var best = failure;
        for (int piece = Math.max(1, failing.size() / 2); piece > 0 && left > 0; ) {
            boolean shorter = false;
            for (int from = 0; from < shortest.size() && left > 0; ) {
                var candidate = without(shortest, from, piece);
                left--;
                var outcome = play.apply(candidate);
                if (outcome.isPresent()) {
                    shortest = candidate;
                    best = outcome.get();
                    shorter = true;
                } else {
                    from += piece;
                }
            }
            if (piece > 1) {
                piece = (piece + 1) / 2;
            } else if (!shorter) {
                break; // each was tried since the last one went
            }
        }
        return best;
    }

    private static <D> List<D> without(List<D> history, int from, int count) {
        var rest = new ArrayList<D>(history.subList(0, from));
        rest.addAll(history.subList(Math.min(history.size(), from + count), history.size()));
        return rest;
    }
}
