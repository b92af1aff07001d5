package org.wattmark.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Seconds of processor that a server and its PostgreSQL have used. Wall time says little on a
/// machine that others use too; this says what a thing costs.
///
/// @param server in its process, the embedded MQTT broker included
/// @param database in all processes below the server's
/// @see <a href="https://docs.kernel.org/filesystems/proc.html">the Linux kernel's /proc</a>
record CpuTime(double server, double database) {

    /// Of clock ticks: USER_HZ is 100 on every platform that Java runs on.
    private static final double TICKS = 100;

    /// Fields of /proc/PID/stat behind the name: the parent, and the time in user and kernel mode,
    /// its own and that of children that have ended.
    private static final int PARENT = 1;

    private static final List<Integer> TIMES = List.of(11, 12, 13, 14);
    private static final List<Integer> OWN_TIMES = List.of(11, 12);

    static CpuTime of(long server) throws IOException {
        var all = new HashMap<Long, String[]>();
        try (var folders = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (var folder : folders) {
                try {
                    var line = Files.readString(folder.resolve("stat"));
                    all.put(
                            Long.parseLong(String.valueOf(folder.getFileName())),
                            line.substring(line.lastIndexOf(')') + 2).split(" "));
                } catch (IOException e) {
                    // a process that has just ended
                }
            }
        }
        var own = all.get(server);
        double database = 0;
        for (var process : below(server, all)) {
            database += seconds(Objects.requireNonNull(all.get(process)), TIMES);
        }
        return new CpuTime(own == null ? 0 : seconds(own, OWN_TIMES), database);
    }

    private static Set<Long> below(long root, Map<Long, String[]> all) {
        var found = new HashSet<Long>();
        boolean more = true;
        while (more) {
            more = false;
            for (var each : all.entrySet()) {
                long parent = Long.parseLong(each.getValue()[PARENT]);
                if ((parent == root || found.contains(parent)) && found.add(each.getKey())) {
                    more = true;
                }
            }
        }
        return found;
    }

    private static double seconds(String[] fields, List<Integer> which) {
        return which.stream().mapToLong(i -> Long.parseLong(fields[i])).sum() / TICKS;
    }

    CpuTime since(CpuTime before) {
        return new CpuTime(server - before.server, database - before.database);
    }

    double both() {
        return server + database;
    }
}
