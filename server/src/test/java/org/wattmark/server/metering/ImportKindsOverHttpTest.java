package org.wattmark.server.metering;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.wattmark.metering.AssuranceTier;
import org.wattmark.metering.Channel;
import org.wattmark.metering.GreenButtonWriter;
import org.wattmark.metering.IntervalReading;
import org.wattmark.units.Period;
import picocli.CommandLine;

/// Files of every kind, over the wire and through the command.
class ImportKindsOverHttpTest extends MeterServerTest {

    private static final String GERMAN =
            """
            Ende;Einspeisung [kWh]
            01.07.2025 21:15;0,9
            01.07.2025 21:30;0,85
            01.07.2025 21:45;viel
            """;

    private static final String GERMAN_COLUMNS =
            "?zone=Europe/Berlin&time=Ende&stamp=END&unit=KILOWATT_HOURS&decimal=COMMA&value="
                    + encoded("Einspeisung [kWh]");

    @TempDir private Path folder;

    @Test
    void statedColumnsAreReadAsStated() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var body = bodyOf(take(panel, GERMAN_COLUMNS, "text/csv", bytes(GERMAN)));

        assertThat(body.get("accepted").asInt()).as(body.toString()).isEqualTo(2);
        assertThat(body.get("energy_watt_hours").asLong()).isEqualTo(1_750);
        assertThat(body.at("/errors/0/line").asInt()).isEqualTo(4);
    }

    @Test
    void aDryRunSaysWhatWouldComeOfItAndStoresNothing() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var dry = take(panel, GERMAN_COLUMNS + "&dry_run=true", "text/csv", bytes(GERMAN));
        var wet = take(panel, GERMAN_COLUMNS, "text/csv", bytes(GERMAN));

        assertThat(dry.statusCode()).as(dry.body()).isEqualTo(200);
        assertThat(bodyOf(dry).get("dry_run").asBoolean()).isTrue();
        assertThat(bodyOf(dry).get("batches").size()).isZero();
        for (var field : List.of("accepted", "rejected", "energy_watt_hours", "bad_rows")) {
            assertThat(bodyOf(dry).get(field)).isEqualTo(bodyOf(wet).get(field));
        }
        assertThat(bodyOf(wet).get("already_known").asInt()).isZero();
    }

    @Test
    void aWorkbookIsReadWithItsDatesFormulasAndEmptyRows() throws IOException {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var answer = take(panel, "?zone=UTC&time=time&value=wh", ImportFiles.XLSX, workbook());

        var body = bodyOf(answer);
        assertThat(body.get("accepted").asInt()).as(answer.body()).isEqualTo(2);
        assertThat(body.get("energy_watt_hours").asLong()).isEqualTo(1_700);
        assertThat(body.at("/errors/0/line").asInt()).isEqualTo(6);
    }

    @Test
    void whatIsNoWorkbookIsRefused() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var answer =
                take(panel, "?zone=UTC&time=time&value=wh", ImportFiles.XLSX, bytes("time,wh"));

        thenRefused(answer, 422, "no_usable_rows");
    }

    @Test
    void greenButtonComesInAndGoesOut() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var start = Instant.parse("2025-07-01T19:00:00Z");
        var readings =
                List.of(
                        new IntervalReading(
                                Period.starting(start, panel.device().intervalLength()), 900),
                        new IntervalReading(
                                Period.starting(
                                        start.plusSeconds(900), panel.device().intervalLength()),
                                800));
        var feed = GreenButtonWriter.feedOf(panel.device(), Channel.EXPORT, readings);
        var xml = GreenButtonWriter.write(feed, start.plusSeconds(86_400));

        var taken = take(panel, "?channel=EXPORT", ImportFiles.XML, xml);
        var given =
                send(
                        request(
                                panel.path()
                                        + "/green-button?channel=EXPORT"
                                        + "&from=2025-07-01T00:00:00Z&to=2025-07-02T19:00:00Z",
                                panel.owner().token()));

        assertThat(bodyOf(taken).get("accepted").asInt()).as(taken.body()).isEqualTo(2);
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        assertThat(given.body()).isEqualTo(new String(xml, StandardCharsets.UTF_8));
    }

    @Test
    void foreignXmlIsRefusedInClearWords() {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);

        var answer = take(panel, "", ImportFiles.XML, bytes("<invoice/>"));

        thenRefused(answer, 422, "green_button_not_green_button");
    }

    @Test
    void theCommandSendsWhatItsOptionsSay() throws IOException {
        var panel = bondedPanel(newOwner(), AssuranceTier.T1, 6_000);
        var file = Files.writeString(folder.resolve("export.csv"), GERMAN);
        var out = new StringWriter();

        int code =
                new CommandLine(new ImportReadings())
                        .setOut(new PrintWriter(out))
                        .execute(
                                file.toString(),
                                "--device=" + panel.device().id(),
                                "--url=http://localhost:" + port,
                                "--token=" + panel.owner().token(),
                                "--zone=Europe/Berlin",
                                "--time=Ende",
                                "--stamp=END",
                                "--value=Einspeisung [kWh]",
                                "--unit=KILOWATT_HOURS",
                                "--decimal=COMMA",
                                "--dry-run");

        assertThat(code).isEqualTo(3);
        assertThat(out.toString())
                .contains("A dry run: nothing was stored.", "accepted       2", "bad rows       1");
    }

    /// Two good rows with an empty one between them, a formula, and a row of nonsense.
    private static byte[] workbook() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var workbook = new Workbook(bytes, "test", "1.0")) {
            var sheet = workbook.newWorksheet("readings");
            sheet.value(0, 0, "A plant");
            sheet.value(1, 0, "time");
            sheet.value(1, 1, "wh");
            sheet.value(2, 0, LocalDateTime.parse("2025-07-01T19:00:00"));
            sheet.style(2, 0).format("yyyy-MM-dd HH:mm").set();
            sheet.value(2, 1, 900);
            sheet.value(4, 0, LocalDateTime.parse("2025-07-01T19:15:00"));
            sheet.style(4, 0).format("yyyy-MM-dd HH:mm").set();
            sheet.value(4, 1, 800);
            sheet.value(5, 0, "yesterday");
            sheet.value(5, 1, 7);
        }
        return bytes.toByteArray();
    }

    private HttpResponse<String> take(Panel panel, String query, String type, byte[] content) {
        return send(
                request(panel.path() + "/imports" + query, panel.owner().token())
                        .header("Content-Type", type)
                        .POST(BodyPublishers.ofByteArray(content)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
