package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.SimulatedPanel;
import org.wattmark.server.CommandFailed;
import org.wattmark.units.Period;
import picocli.CommandLine;

class ImportOverHttpTest extends MeterServerTest {

    private static final Period FORTY_DAYS =
            Period.starting(Instant.parse("2025-07-01T00:00:00Z"), Duration.ofDays(40));

    private static final String SOME_BAD_ROWS =
            """
            interval_start,watt_hours
            2025-07-01T19:00:00Z,900
            2025-07-01T19:15:00Z,nine
            2025-07-01T19:30:00Z,800
            2025-07-01T07:00:00Z,700
            2025-07-01T19:07:00Z,5
            """;

    @TempDir private Path folder;

    @Test
    void goodRowsAreStoredAndBadOnesComeBackWithTheirLine() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var answer = take(panel, SOME_BAD_ROWS);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        var body = bodyOf(answer);
        assertThat(body.get("accepted").asInt()).isEqualTo(2);
        assertThat(body.get("energy_watt_hours").asLong()).isEqualTo(1_700);
        assertThat(body.get("rejected").asInt()).isEqualTo(1);
        assertThat(body.at("/findings/0/rule").asString()).isEqualTo("NIGHT");
        assertThat(body.get("bad_rows").asInt()).isEqualTo(2);
        assertThat(body.at("/errors/0/line").asInt()).isEqualTo(3);
        assertThat(body.at("/errors/1/line").asInt()).isEqualTo(6);
        assertThat(body.at("/batches/0/receipt/leaf_hash").asString()).hasSize(64);
    }

    @Test
    void theSameFileAgainStoresNothingTwice() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        take(panel, SOME_BAD_ROWS);

        var again = take(panel, SOME_BAD_ROWS.replace("19:30:00Z,800", "19:30:00Z,801"));

        assertThat(again.statusCode()).isEqualTo(200);
        var body = bodyOf(again);
        assertThat(body.get("accepted").asInt()).isZero();
        assertThat(body.get("already_known").asInt()).isEqualTo(3);
        assertThat(body.get("contradicting").asInt()).isEqualTo(1);
        assertThat(body.at("/contradicting_starts/0").asString()).isEqualTo("2025-07-01T19:30:00Z");
    }

    @Test
    void aLongFileIsSeveralBatchesAndALongerOneGoesOnWhereItEnded() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var whole = csv(panel, FORTY_DAYS);
        var half = csv(panel, Period.starting(FORTY_DAYS.start(), Duration.ofDays(20)));

        take(panel, half);
        var body = bodyOf(take(panel, whole));

        assertThat(body.get("already_known").asInt()).isEqualTo(20 * 96);
        assertThat(body.get("accepted").asInt()).isEqualTo(20 * 96);
        assertThat(body.get("complete").asBoolean()).isTrue();
        var anew = take(bondedPanel(newOwner(), AssuranceTier.T1, 6_000), whole);
        assertThat(bodyOf(anew).get("batches").size()).isEqualTo(2);
    }

    @Test
    void whatIsNotOverIsNotStored() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var body = bodyOf(take(panel, "interval_start,watt_hours\n2199-07-01T19:00:00Z,1\n"));

        assertThat(body.get("in_future").asInt()).isEqualTo(1);
        assertThat(body.get("accepted").asInt()).isZero();
    }

    @Test
    void aFileWithoutAGoodRowIsRefusedRowByRow() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var answer = take(panel, "interval_start,watt_hours\nyesterday,1\n");

        thenRefused(answer, 422, "no_usable_rows");
        assertThat(bodyOf(answer).at("/errors/0/pointer").asString())
                .isEqualTo("/line/2/interval_start");
    }

    @Test
    void aDeviceThatSignsTakesNoFiles() {
        var panel = bondedPanel();

        thenRefused(take(panel, SOME_BAD_ROWS), 409, "device_signs_its_readings");
    }

    @Test
    void anotherTenantsDeviceDoesNotExist() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var asStranger = new Panel(newOwner(), panel.device(), panel.signer());

        thenRefused(take(asStranger, SOME_BAD_ROWS), 404, "device_unknown");
    }

    @Test
    void theCommandPrintsWhatCameOfTheFile() throws IOException {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var file = Files.writeString(folder.resolve("readings.csv"), SOME_BAD_ROWS);
        var out = new StringWriter();

        int code = command(out, panel, file);

        assertThat(code).isEqualTo(3);
        assertThat(out.toString())
                .contains("accepted       2", "rejected       1", "bad rows       2")
                .contains("line 3, watt_hours 'nine': write a number")
                .contains("NIGHT REJECT")
                .contains("batch 1: receipt ");
    }

    @Test
    void theCommandTakesAnImportBackByTheIdThatItPrinted() throws IOException {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var file = Files.writeString(folder.resolve("readings.csv"), SOME_BAD_ROWS);
        var told = new StringWriter();
        command(told, panel, file);
        var id = told.toString().lines().findFirst().orElseThrow().replace("import         ", "");
        var out = new StringWriter();

        int undone = undo(out, panel, id);
        int again = undo(out, panel, id);

        assertThat(undone).as(out.toString()).isZero();
        assertThat(again).as("the same answer").isZero();
        assertThat(out.toString()).startsWith("undone         " + id);
        var readings = bodyOf(get(panel.path() + "/readings", panel.owner())).get("data");
        assertThat(readings).isEmpty();
    }

    private int undo(StringWriter out, Panel panel, String id) {
        return new CommandLine(new ImportReadings())
                .setOut(new PrintWriter(out))
                .execute(
                        "--undo",
                        id,
                        "--url",
                        "http://localhost:" + port,
                        "--token",
                        panel.owner().token());
    }

    @Test
    void theCommandSaysWhyItWasRefused() throws IOException {
        var panel = bondedPanel();
        var file = Files.writeString(folder.resolve("readings.csv"), SOME_BAD_ROWS);
        var failure = new Exception[1];
        var line =
                new CommandLine(new ImportReadings())
                        .setExecutionExceptionHandler((exception, _, _) -> {
                            failure[0] = exception;
                            return 1;
                        });

        int code = line.execute(arguments(panel, file));

        assertThat(code).isEqualTo(1);
        assertThat(failure[0])
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("(device_signs_its_readings)");
    }

    private int command(StringWriter out, Panel panel, Path file) {
        return new CommandLine(new ImportReadings())
                .setOut(new PrintWriter(out))
                .execute(arguments(panel, file));
    }

    private String[] arguments(Panel panel, Path file) {
        return new String[] {
            file.toString(),
            "--device",
            panel.device().id().toString(),
            "--url",
            "http://localhost:" + port,
            "--token",
            panel.owner().token()
        };
    }

    private HttpResponse<String> take(Panel panel, String csv) {
        return send(
                request(panel.path() + "/imports", panel.owner().token())
                        .header("Content-Type", "text/csv")
                        .POST(BodyPublishers.ofString(csv)));
    }

    private static String csv(Panel panel, Period period) {
        var csv = new StringBuilder("interval_start,watt_hours\n");
        for (var reading : new SimulatedPanel(panel.device(), 7).readings(period)) {
            csv.append(reading.interval().start())
                    .append(',')
                    .append(reading.rawWattHours())
                    .append('\n');
        }
        return csv.toString();
    }
}
