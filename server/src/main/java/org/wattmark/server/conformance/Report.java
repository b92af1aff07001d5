package org.wattmark.server.conformance;

import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.wattmark.server.conformance.Verdict.Outcome;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// All verdicts of one trial, for people and for machines.
///
/// @param mode `capture` or `server`
/// @param subject what was tried, such as `maker`, `model`, `firmware`, `public_key`; in this order
record Report(String mode, Map<String, String> subject, List<Verdict> verdicts) {

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    Report {
        verdicts = List.copyOf(verdicts);
    }

    long count(Outcome outcome) {
        return verdicts.stream().filter(each -> each.outcome() == outcome).count();
    }

    boolean isClean() {
        return count(Outcome.FAIL) == 0;
    }

    void print(PrintWriter out) {
        subject.forEach((name, value) -> out.printf("%-12s %s%n", name, value));
        for (var verdict : verdicts) {
            out.printf(
                    "%-9s  %-24s %s%n",
                    switch (verdict.outcome()) {
                        case PASS -> "pass";
                        case FAIL -> "FAIL";
                        case NOT_TRIED -> "not tried";
                    },
                    verdict.rule().id(),
                    verdict.outcome() == Outcome.FAIL
                            ? verdict.rule().says() + " " + verdict.reason()
                            : verdict.reason());
        }
        out.printf(
                "%d passed, %d failed, %d not tried%n",
                count(Outcome.PASS), count(Outcome.FAIL), count(Outcome.NOT_TRIED));
        out.flush();
    }

    /// For machines, and to keep: what is certified names the SHA-256 of these bytes.
    String json() {
        var report = new LinkedHashMap<String, Object>();
        report.put("report", "wattmark-conformance/v1");
        report.put("mode", mode);
        report.put("subject", subject);
        report.put("passed", count(Outcome.PASS));
        report.put("failed", count(Outcome.FAIL));
        report.put("not_tried", count(Outcome.NOT_TRIED));
        report.put("rules", verdicts.stream().map(Report::json).toList());
        return JSON.writeValueAsString(report);
    }

    private static Map<String, String> json(Verdict verdict) {
        var one = new LinkedHashMap<String, String>();
        one.put("rule", verdict.rule().id());
        one.put("outcome", verdict.outcome().name().toLowerCase(Locale.ROOT));
        one.put("says", verdict.rule().says());
        one.put("reason", verdict.reason());
        return one;
    }
}
