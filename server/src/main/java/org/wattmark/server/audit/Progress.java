package org.wattmark.server.audit;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;

/// Tells how far a long work is: on a terminal a bar that moves, elsewhere a line now and then.
final class Progress implements LongConsumer {

    private static final int BAR = 30;
    private static final Duration ON_TERMINAL = Duration.ofMillis(200);
    private static final Duration ELSEWHERE = Duration.ofSeconds(10);

    private final PrintWriter out;
    private final String what;
    private final long all;
    private final boolean terminal;
    private final long began = System.nanoTime();
    private long told = began;

    /// @param all how many there are to do; 0 if that is not known
    Progress(PrintWriter out, String what, long all, boolean terminal) {
        this.out = out;
        this.what = what;
        this.all = all;
        this.terminal = terminal;
    }

    @SuppressWarnings("SystemConsoleNull") // JDK 25 is back at null where there is no terminal
    static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    @Override
    public void accept(long done) {
        long now = System.nanoTime();
        var pause = terminal ? ON_TERMINAL : ELSEWHERE;
        if (now - told >= pause.toNanos()) {
            told = now;
            out.print(terminal ? "\r" + bar(done) + " " : "");
            out.print(words(done, now - began) + (terminal ? "  " : "\n"));
            out.flush();
        }
    }

    /// Leaves the line free for what comes next.
    void end(long done) {
        if (terminal) {
            out.print("\r" + " ".repeat(BAR + 70) + "\r");
        }
        long nanos = Math.max(1, System.nanoTime() - began);
        out.printf(
                Locale.ROOT,
                "%,d %s in %.1f s, %,d a second%n",
                done,
                what,
                nanos / 1e9,
                rate(done, nanos));
    }

    private String bar(long done) {
        int full = all == 0 ? 0 : (int) Math.min(BAR, BAR * done / all);
        return "[" + "#".repeat(full) + " ".repeat(BAR - full) + "]";
    }

    /// For example `1,200,000 of 3,000,000 entries, 150,000 a second, 12 s left`.
    private String words(long done, long nanos) {
        long rate = rate(done, nanos);
        var left = rate == 0 || all < done ? "" : ", " + (all - done) / rate + " s left";
        return all == 0
                ? String.format(Locale.ROOT, "%,d %s, %,d a second", done, what, rate)
                : String.format(
                        Locale.ROOT, "%,d of %,d %s, %,d a second%s", done, all, what, rate, left);
    }

    private static long rate(long done, long nanos) {
        return (long) (done * 1e9 / Math.max(1, nanos));
    }
}
