package org.wattmark.simulation;

import java.io.Serial;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A rule that must always hold did not.
final class Broken extends RuntimeException {

    @Serial private static final long serialVersionUID = 1L;

    /// The invariant, such as `I-9`: a shorter history shows the same fault if it breaks the same.
    private final String rule;

    Broken(String rule, String what) {
        this(rule, what, null);
    }

    Broken(String rule, String what, @Nullable Throwable cause) {
        super(rule + ": " + what, cause);
        this.rule = rule;
    }

    String rule() {
        return rule;
    }

    /// @param what is wrong, to be said only if it is
    static void unless(boolean holds, String rule, Supplier<String> what) {
        if (!holds) {
            throw new Broken(rule, what.get());
        }
    }
}
