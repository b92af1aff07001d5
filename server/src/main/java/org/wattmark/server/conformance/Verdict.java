package org.wattmark.server.conformance;

/// What came of trying one rule.
///
/// @param reason what was seen, with its numbers; why it was not tried
record Verdict(Rule rule, Outcome outcome, String reason) {

    enum Outcome {
        PASS,
        FAIL,
        NOT_TRIED
    }

    static Verdict pass(Rule rule, String seen) {
        return new Verdict(rule, Outcome.PASS, seen);
    }

    static Verdict fail(Rule rule, String seen) {
        return new Verdict(rule, Outcome.FAIL, seen);
    }

    static Verdict notTried(Rule rule, String why) {
        return new Verdict(rule, Outcome.NOT_TRIED, why);
    }
}
