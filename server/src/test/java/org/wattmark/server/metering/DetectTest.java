package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.server.CommandFailed;
import org.wattmark.testing.ExternalData;
import picocli.CommandLine;

class DetectTest {

    private static final String HEADER =
            "device_id,kwp,claimed_lat,claimed_lon,alt_m,start_utc,label,type,"
                    + IntStream.range(0, 48)
                            .mapToObj(i -> String.format(Locale.ROOT, "w%02d", i))
                            .collect(Collectors.joining(","))
                    + "\n";

    @TempDir private Path folder;

    private final StringWriter printed = new StringWriter();

    @Test
    void printsRecallAndFalseAlarmsByTypeAndDevice() throws IOException {
        var file = file(HEADER + day("0", "clean", 0) + day("1", "night", 2_000));

        int code = detect("--labelled", file);

        assertThat(code).isZero();
        assertThat(printed.toString())
                .containsPattern("night +recall 1.000 \\(1 of 1\\) +precision 1.000")
                .containsPattern("clean .* false alarms 0.000 \\(0 of 1\\)")
                .containsPattern(
                        "roof +recall 1.000 \\(1 of 1\\) +precision 1.000 +false alarms 0.0")
                .contains("met");
    }

    @Test
    void aMissedBarIsAnotherExitCode() throws IOException {
        var file = file(HEADER + day("1", "too honest", 0) + day("0", "clean", 2_000));

        int code = detect("--labelled", file);

        assertThat(code).isEqualTo(3);
        assertThat(printed.toString()).contains("MISSED");
    }

    @Test
    void explainsEveryFindingAndWhatWouldClearIt() throws IOException {
        var file = file(HEADER + day("1", "night", 2_000));

        detect("--labelled", file, "--explain");

        assertThat(printed.toString()).contains("NIGHT REJECT", "cleared by the meter's clock");
    }

    @Test
    void aBadFieldIsNamedByLineAndColumn() throws IOException {
        var file = file(HEADER + day("0", "clean", 0) + day("maybe", "clean", 0));

        int code = detect("--labelled", file);

        assertThat(code).isEqualTo(1);
        assertThat(printed.toString()).contains("line 3, label 'maybe': 0 for honest");
    }

    @Test
    void anAbsentFileIsALineAndNoStackTrace() {
        int code = detect("--labelled", folder.resolve("nowhere.csv").toString());

        assertThat(code).isEqualTo(1);
        assertThat(printed.toString()).contains("cannot read").doesNotContain("\tat ");
    }

    @Test
    void withoutAFileItIsMisspelt() {
        assertThat(detect()).isEqualTo(2);
    }

    @Test
    void theLabelledDaysMeetTheBar() {
        var labelled = ExternalData.file("fraud/device_days_dev.csv");
        var history = ExternalData.file("fraud/history_clean_days.csv");

        int code = detect("--labelled", labelled.toString(), "--history", history.toString());

        assertThat(code).as(printed.toString()).isZero();
    }

    private int detect(String... arguments) {
        var writer = new PrintWriter(printed);
        return new CommandLine(new Detect())
                .setOut(writer)
                .setErr(writer)
                .setExecutionExceptionHandler((exception, commandLine, parsed) -> {
                    if (!(exception instanceof CommandFailed)) {
                        throw exception;
                    }
                    writer.println(exception.getMessage());
                    return 1;
                })
                .execute(arguments);
    }

    /// An overcast day, with this power by night.
    private static String day(String label, String type, int wattsByNight) {
        return "roof,6.0,39.742,-105.173,1830,2016-07-02T07:00:00Z,"
                + label
                + ","
                + type
                + ","
                + IntStream.range(0, 48)
                        .mapToObj(i ->
                                i < 8
                                        ? "" + wattsByNight
                                        : i < 14 || i > 34 ? "0" : "" + (100 + 37 * i % 90))
                        .collect(Collectors.joining(","))
                + "\n";
    }

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("days.csv"), text).toString();
    }
}
