package org.wattmark.server.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wattmark.metering.Sha256;
import org.wattmark.server.client.CommandRun;
import tools.jackson.databind.json.JsonMapper;

class ConformanceCommandTest {

    private final Sample sample = new Sample();

    @TempDir private Path folder;

    private Path capture;

    @SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
    ConformanceCommandTest() {}

    @BeforeEach
    void write() throws IOException {
        capture = folder.resolve("capture.jsonl");
        Files.writeString(capture, Sample.text(sample.lines()));
        Files.writeString(
                folder.resolve("site.json"),
                """
                {"zone": "Europe/Madrid", "latitude": 40.42, "longitude": -3.70,
                 "altitude_metres": 667, "country": "ES", "watts_peak": 6000, "mounting": "FIXED"}
                """);
    }

    private CommandRun conformance(String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "--capture", capture.toString(),
                                "--device", new UUID(0, 9).toString(),
                                "--public-key", sample.signer.key().hex()));
        arguments.addAll(List.of(more));
        return CommandRun.of(new ConformanceCommand(), arguments.toArray(String[]::new));
    }

    private String site() {
        return folder.resolve("site.json").toString();
    }

    @Test
    void anHonestCapturePassesAndItsReportIsNamedByItsHash() throws IOException {
        var report = folder.resolve("report.json");

        var run =
                conformance("--site", site(), "--maker", "A Maker", "--report", report.toString());

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        var bytes = Files.readAllBytes(report);
        assertThat(run.out())
                .contains("pass       chain.previous")
                .contains("23 passed, 0 failed, 0 not tried")
                .contains("SHA-256 " + Sha256.of(bytes));
        var json = JsonMapper.shared().readTree(bytes);
        assertThat(json.at("/subject/maker").asString()).isEqualTo("A Maker");
        assertThat(json.path("rules").size()).isEqualTo(DeviceRule.values().length);
    }

    @Test
    void aCaptureThatBreaksARuleFailsAndSaysWhere() throws IOException {
        var lines = new ArrayList<>(sample.lines());
        lines.remove(3);
        Files.writeString(capture, Sample.text(lines));

        var run = conformance("--site", site(), "--json");

        assertThat(run.code()).isEqualTo(1);
        var failed =
                JsonMapper.shared()
                        .readTree(run.out())
                        .path("rules")
                        .valueStream()
                        .filter(each -> each.path("outcome").asString().equals("fail"))
                        .toList();
        assertThat(failed).hasSize(1);
        assertThat(failed.getFirst().path("rule").asString()).isEqualTo("chain.sequence");
        assertThat(failed.getFirst().path("reason").asString())
                .contains("line 4, sequence 4: 1 before it were left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--capture nowhere.jsonl | cannot read nowhere.jsonl",
                "--public-key abc | --public-key abc",
                "--interval 7 | --interval 7: an interval is a whole part of a day",
                "--site nowhere.json | cannot read nowhere.json",
            })
    void whatCannotBeReadIsCodeTwo(String option, String complaint) {
        var changed = option.split(" ");
        var arguments =
                Stream.of(
                                "--capture", capture.toString(),
                                "--device", new UUID(0, 9).toString(),
                                "--public-key", sample.signer.key().hex())
                        .toList();
        var all = new ArrayList<>(arguments);
        int at = all.indexOf(changed[0]);
        if (at >= 0) {
            all.set(at + 1, changed[1]);
        } else {
            all.addAll(Arrays.asList(changed));
        }

        var run = CommandRun.of(new ConformanceCommand(), all.toArray(String[]::new));

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains(complaint);
    }

    @Test
    void aCaptureNeedsToKnowItsDevice() {
        var run = CommandRun.of(new ConformanceCommand(), "--capture", capture.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("--capture needs --public-key, and either --device or --maker-device");
    }

    @Test
    void aServerThatNobodyReachesIsCodeTwo() {
        var run =
                CommandRun.of(
                        new ConformanceCommand(), "--url", "http://127.0.0.1:1", "--token", "t");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("cannot reach http://127.0.0.1:1");
    }

    @Test
    void thePageHasEveryRule() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "conformance.md"), UTF_8);

        var rules =
                Stream.<Rule[]>of(DeviceRule.values(), PacketRule.values(), ServerRule.values())
                        .flatMap(Arrays::stream);
        assertThat(rules).allSatisfy(rule -> assertThat(page).contains("| `" + rule.id() + "` |"));
    }
}
