package org.wattmark.simulation;

import java.util.List;

/// A history that broke a rule.
///
/// @param seed of the history, which may have been shortened since
/// @param at which decision of the history broke it; its size if it was what came after all of them
record Failure(long seed, List<Decision> history, int at, Broken broken) {

    /// Plays at most, to find a shorter history: under a minute.
    private static final int PLAYS = 1_000;

    String summary() {
        return "seed %d breaks %s".formatted(seed, readable(String.valueOf(broken.getMessage())));
    }

    /// The same failure by as short a history as is found in a while.
    Failure shortened(Simulation simulation) {
        var shrinker =
                new Shrinker<Decision, Failure>(
                        shorter ->
                                simulation
                                        .play(seed, shorter)
                                        .filter(each -> each.broken.rule().equals(broken.rule())),
                        PLAYS);
        return shrinker.shrink(history.subList(0, Math.min(at + 1, history.size())), this);
    }

    /// The seed first: it is all that is needed to see it again.
    String report() {
        var text = new StringBuilder();
        text.append(summary());
        text.append("%nagain by: ./wattmark simulate-faults --seed %d%n".formatted(seed));
        for (int i = 0; i < history.size(); i++) {
            text.append("%5d  %s%n".formatted(i, readable(history.get(i).toString())));
            if (i == at) {
                text.append("       ^ here\n");
            }
        }
        if (at >= history.size()) {
            text.append("       ^ when all faults had ended\n");
        }
        for (var cause = broken.getCause(); cause != null; cause = cause.getCause()) {
            text.append("caused by %s%n".formatted(cause));
            for (var frame : cause.getStackTrace()) {
                text.append("    at %s%n".formatted(frame));
            }
        }
        return text.toString();
    }

    /// Names for ids: whoever reads it knows no UUID by heart.
    private String readable(String text) {
        var readable = text;
        for (int i = 0; i < Cast.HOLDERS.size(); i++) {
            readable = readable.replace(Cast.HOLDERS.get(i).value(), "holder-" + i);
        }
        readable =
                readable.replace(Cast.NOBODY.value(), "nobody")
                        .replace(Cast.TEST_HOLDER.value(), "test-holder");
        for (var decision : history) {
            if (decision instanceof Decision.Send(Request.Issue issue)) {
                var credits = Cast.credits(issue.number()).code();
                readable = readable.replace(credits, "credits-of-" + issue.number());
            }
        }
        return readable;
    }
}
