package org.wattmark.server.metering;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DeviceDay;
import org.wattmark.metering.DeviceDaysFile;
import org.wattmark.metering.DeviceDaysFile.Contents;
import org.wattmark.metering.FraudTrial;
import org.wattmark.metering.FraudTrial.Result;
import org.wattmark.metering.FraudTrial.Score;
import org.wattmark.server.CommandFailed;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark detect`: measures how well cheated days are told from honest ones.
@Command(
        name = "detect",
        description = {
            "Judges days of devices of which the file says whether they are honest, and prints"
                    + " precision and recall by type and by device.",
            "Without a history the days of the file stand beside each other."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:as many cheats are found, and as few honest days accused, as the bar asks",
            "1:a file cannot be read",
            "3:the bar is missed"
        })
public final class Detect implements Callable<Integer> {

    private static final int BAR_MISSED = 3;

    @Option(
            names = "--labelled",
            required = true,
            paramLabel = "FILE",
            description =
                    "CSV: device_id, kwp, claimed_lat, claimed_lon, start_utc, label, w00, w01, …"
                            + " and perhaps case_id, alt_m, solar_local_date, type.")
    private Path labelled;

    @Option(
            names = "--history",
            paramLabel = "FILE",
            description = "CSV of honest days: device_id, start_utc, w00, w01, …")
    private @Nullable Path history;

    @Option(
            names = "--least-recall",
            description = "The bar, as a share of the cheated days. Default: ${DEFAULT-VALUE}",
            defaultValue = "0.85")
    private double leastRecall;

    @Option(
            names = "--most-false-alarms",
            description = "The bar, as a share of the honest days. Default: ${DEFAULT-VALUE}",
            defaultValue = "0.01")
    private double mostFalseAlarms;

    @Option(names = "--explain", description = "Print the findings of each day too.")
    private boolean explain;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    Detect() {}

    @Override
    public Integer call() {
        var judged = read(labelled, true);
        var past =
                history == null
                        ? List.<DeviceDay>of()
                        : read(history, false).rows().stream()
                                .map(DeviceDaysFile.Row::day)
                                .toList();
        var result = FraudTrial.of(judged.rows(), past);
        var out = spec.commandLine().getOut();
        if (explain) {
            explain(out, result);
        }
        out.println("by type");
        result.byType().forEach((type, part) -> line(out, type, part, result.honest()));
        out.println("by device");
        result.byDevice().forEach((device, part) -> line(out, device, part, part.honest()));
        out.println("all");
        line(out, "all days", result, result.honest());
        out.printf(Locale.ROOT, "  mean recall of the types: %.3f%n", result.meanRecall());
        boolean met =
                result.meanRecall() >= leastRecall
                        && result.cheated().share() >= leastRecall
                        && result.honest().share() <= mostFalseAlarms;
        out.printf(
                Locale.ROOT,
                "bar: recall >= %.2f, false alarms <= %.2f %%: %s%n",
                leastRecall,
                100 * mostFalseAlarms,
                met ? "met" : "MISSED");
        out.flush();
        return met ? 0 : BAR_MISSED;
    }

    private static void explain(PrintWriter out, Result result) {
        for (var day : result.days()) {
            out.printf("%s %s%n", day.row().name(), day.accused() ? "held" : "let through");
            for (var finding : day.findings()) {
                out.println("  " + finding.explanation());
                out.println("    cleared by " + finding.rule().clearedBy());
            }
        }
    }

    /// @param honest the days among which the precision is told
    private static void line(PrintWriter out, String name, Result part, Score honest) {
        out.printf(
                Locale.ROOT,
                "  %-28s recall %s   precision %s   false alarms %s%n",
                name,
                shown(part.cheated()),
                part.cheated().days() == 0
                        ? "    -"
                        : String.format(Locale.ROOT, "%.3f", part.precisionBeside(honest)),
                shown(part.honest()));
    }

    private static String shown(Score score) {
        return score.days() == 0
                ? "    -          "
                : String.format(
                        Locale.ROOT,
                        "%.3f (%d of %d)",
                        score.share(),
                        score.accused(),
                        score.days());
    }

    private Contents read(Path file, boolean withLabels) {
        try (var in = Files.newInputStream(file)) {
            var contents = withLabels ? DeviceDaysFile.labelled(in) : DeviceDaysFile.history(in);
            if (!contents.errors().isEmpty()) {
                contents.errors()
                        .forEach(error -> spec.commandLine().getErr().println(file + ": " + error));
                throw new CommandFailed(file + " is not as it must be; nothing was judged");
            }
            if (contents.rows().isEmpty()) {
                throw new CommandFailed(file + " holds no day");
            }
            return contents;
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + file + ": " + e.getMessage());
        }
    }
}
