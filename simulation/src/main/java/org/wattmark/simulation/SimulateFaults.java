package org.wattmark.simulation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// `./wattmark simulate-faults`: plays worlds until a rule breaks or the time is over.
public final class SimulateFaults {

    private static final String HELP =
            """
            Plays small worlds under faults, and judges them.

              simulate-faults --hours H          new seeds on all cores, for H hours (0.1 too)
              simulate-faults --seed N           one world; a failure is shortened and listed
              simulate-faults --seed-range A-B   the worlds from A to B, both included
              simulate-faults --planted          plants bugs; each must be found within 60 s

            Exit code: 0 nothing was found (or every planted bug was), 1 a rule is broken,
            2 wrong arguments.
            """;

    /// Within which every planted bug must be found.
    static final Duration PLANT_FOUND = Duration.ofSeconds(60);

    private static final int MISSPELT = 2;

    private SimulateFaults() {}

    public static void main(String[] args) {
        System.exit(run(List.of(String.join(" ", args).strip().split("[ =]+"))));
    }

    static int run(List<String> args) {
        try {
            return switch (args.getFirst()) {
                case "--hours" -> hours(Double.parseDouble(args.get(1)));
                case "--seed" -> range(Long.parseLong(args.get(1)), Long.parseLong(args.get(1)));
                case "--seed-range" -> {
                    var ends = args.get(1).split("-", 2);
                    yield range(Long.parseLong(ends[0]), Long.parseLong(ends[1]));
                }
                case "--planted" -> planted();
                case "--help" -> help(0);
                default -> help(MISSPELT);
            };
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return help(MISSPELT);
        }
    }

    private static int help(int exit) {
        System.err.print(HELP);
        return exit;
    }

    private static int hours(double hours) {
        // Small enough to be typed again; a run that starts where the last one did learns nothing.
        long first = new SecureRandom().nextInt() & 0x7fff_ffffL;
        long end = System.nanoTime() + (long) (hours * Duration.ofHours(1).toNanos());
        return verdict(new Watch(first * 1_000, Long.MAX_VALUE, end));
    }

    private static int range(long first, long last) {
        var longEnough = System.nanoTime() + Duration.ofDays(365).toNanos();
        return verdict(new Watch(first, last, longEnough));
    }

    private static int verdict(Watch watch) {
        var failure = watch.run(Runtime.getRuntime().availableProcessors());
        System.out.println(watch.progress());
        if (failure.isEmpty()) {
            return 0;
        }
        System.out.println(failure.get().summary());
        System.out.println("shortening its history …");
        try (var simulation = new Simulation()) {
            System.out.println(failure.get().shortened(simulation).report());
        }
        return 1;
    }

    private static int planted() {
        var root = root();
        int missed = 0;
        for (var plant : Plants.ALL) {
            long start = System.nanoTime();
            var found = Hunt.planted(plant, root, PLANT_FOUND);
            missed += found.isEmpty() ? 1 : 0;
            System.out.printf(
                    Locale.ROOT,
                    "%5.1f s  %s%n         %s%n",
                    seconds(start),
                    plant.name(),
                    found.isEmpty() ? "NOT FOUND" : found.lines().findFirst().orElseThrow());
        }
        var nothing = Hunt.planted(Plants.NONE, root, Duration.ofSeconds(10));
        System.out.printf(
                "%d planted, %d not found; without a plant: %s%n",
                Plants.ALL.size(), missed, nothing.isEmpty() ? "nothing is found" : nothing);
        return missed == 0 && nothing.isEmpty() ? 0 : 1;
    }

    static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    /// The folder of the sources: this one or one above it.
    static Path root() {
        for (var folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.isRegularFile(folder.resolve("wattmark"))
                    && Files.isDirectory(folder.resolve("ledger/src/main/java"))) {
                return folder;
            }
        }
        throw new IllegalStateException("bugs are planted in a checkout: its sources are not here");
    }
}
