package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/// The time of all processors since the start of the machine, where Linux tells it.
///
/// @param ticks of any kind
/// @param stolen those that a hypervisor gave to others while this machine had work
/// @see <a href="https://docs.kernel.org/filesystems/proc.html">the Linux kernel's /proc/stat</a>
record ProcessorTime(long ticks, long stolen) {

    private static final Path STAT = Path.of("/proc/stat");

    /// user, nice, system, idle, iowait, irq, softirq, steal; what guests of ours had is in user.
    private static final int KINDS = 8;

    static ProcessorTime now() {
        try (var lines = Files.lines(STAT)) {
            var fields = lines.findFirst().orElseThrow().split(" +");
            var kinds =
                    Arrays.stream(fields).skip(1).limit(KINDS).mapToLong(Long::parseLong).toArray();
            return new ProcessorTime(Arrays.stream(kinds).sum(), kinds[KINDS - 1]);
        } catch (IOException e) {
            return new ProcessorTime(0, 0); // not Linux
        }
    }

    String stolenSince(ProcessorTime before) {
        long passed = ticks - before.ticks;
        return passed <= 0
                ? ""
                : String.format(Locale.ROOT, "%.0f %%", 100.0 * (stolen - before.stolen) / passed);
    }
}
