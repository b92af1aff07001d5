package org.wattmark.server.accounts;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.wattmark.emissions.Activity;

/// A row of a table of bills: an activity, or what is wrong with it.
final class BillRow {

    /// What a value may show of itself in a message.
    private static final int LONGEST_SHOWN = 60;

    /// @param line of the file, the first being 1
    /// @param column its heading
    /// @param value as it stands there, shortened
    /// @param remedy what is wrong and what to do
    record BillFault(long line, String column, String value, String remedy) {}

    final long line;
    final List<BillFault> faults = new ArrayList<>();
    boolean isConfirmed;
    @Nullable Activity activity;

    BillRow(long line) {
        this.line = line;
    }

    void fault(String column, String value, String remedy) {
        var shown =
                value.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .limit(LONGEST_SHOWN)
                        .collect(
                                StringBuilder::new,
                                StringBuilder::appendCodePoint,
                                StringBuilder::append)
                        .toString();
        faults.add(new BillFault(line, column, shown, remedy));
    }

    boolean isGood() {
        return faults.isEmpty() && activity != null;
    }
}
