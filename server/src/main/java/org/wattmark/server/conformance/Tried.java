package org.wattmark.server.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How often one rule was tried, and what broke it.
final class Tried {

    private final String what;
    private long times;
    private final List<String> faults = new ArrayList<>();

    /// @param what is counted, such as `batches`
    Tried(String what) {
        this.what = what;
    }

    void with(Optional<String> fault) {
        times++;
        fault.ifPresent(faults::add);
    }

    void sound() {
        times++;
    }

    void sound(long howMany) {
        times += howMany;
    }

    void fault(String fault) {
        times++;
        faults.add(fault);
    }

    Verdict verdict(Rule rule, String otherwise) {
        if (times == 0) {
            return Verdict.notTried(rule, otherwise);
        }
        if (faults.isEmpty()) {
            return Verdict.pass(rule, times + " " + what);
        }
        var more = faults.size() == 1 ? "" : " (and " + (faults.size() - 1) + " more)";
        return Verdict.fail(rule, faults.getFirst() + more);
    }
}
