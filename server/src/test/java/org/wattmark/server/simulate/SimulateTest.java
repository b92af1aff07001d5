package org.wattmark.server.simulate;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.wattmark.metering.Fraud;
import org.wattmark.server.client.CommandRun;
import org.wattmark.server.conformance.ConformanceCommand;
import org.wattmark.server.metering.MeterServerTest;
import org.wattmark.server.security.Role;
import tools.jackson.databind.JsonNode;

class SimulateTest extends MeterServerTest {

    private static final String COMMON = "--seed 3 --report 1 --keys ";

    @TempDir private Path folder;
    @TempDir private Path captures;

    private Owner owner;
    private String credentials;

    @SuppressWarnings("NullAway.Init") // JUnit sets the fields before each test
    SimulateTest() {}

    @BeforeEach
    void anOwner() {
        var organisation = newOrganisation(Role.PROPONENT);
        var machine = members.addMachine(organisation, "simulator", Set.of(Role.PROPONENT));
        owner = new Owner(organisation, tokenOf(machine));
        credentials =
                "--client-id %s --client-secret %s".formatted(machine.clientId(), machine.secret());
    }

    private CommandRun simulate(String options) {
        return CommandRun.of(new SimulateCommand(), line(options));
    }

    private String[] line(String options) {
        return ("--url http://localhost:"
                        + port
                        + " "
                        + credentials
                        + " "
                        + COMMON
                        + folder
                        + " "
                        + options)
                .split(" ");
    }

    private List<DeviceFile> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().map(DeviceFile::read).toList();
        }
    }

    private List<JsonNode> findings(DeviceFile file) {
        return bodyOf(get("/api/v1/devices/" + id(file) + "/findings?limit=1000", owner))
                .path("data")
                .valueStream()
                .filter(each -> !each.path("outcome").asString().equals("INFO"))
                .toList();
    }

    private static UUID id(DeviceFile file) {
        return file.device().id().value();
    }

    private long stored(DeviceFile file) {
        return jdbc.sql("select count(*) from interval where device_id = ?")
                .param(id(file))
                .query(Long.class)
                .single();
    }

    @Test
    void honestPanelsAreTakenAndCheatsAreFound() throws IOException {
        var run =
                simulate(
                        "--panels 5 --place berlin,madrid,phoenix --fraud night,over-capacity"
                                + " --fraud-share 0.4 --from 2025-07-01 --to 2025-07-03");

        assertThat(run.code()).as(run.out() + run.err()).isZero();
        var cheats =
                Fleet.cheats(
                        new Fleet.Plan(
                                5,
                                3,
                                List.of(),
                                List.of(Fraud.NIGHT, Fraud.OVER_CAPACITY),
                                0.4,
                                Duration.ofMinutes(15),
                                96));
        var files = files();
        assertThat(files).hasSize(5);
        assertThat(cheats.stream().flatMap(each -> each.stream()))
                .containsExactlyInAnyOrder(Fraud.NIGHT, Fraud.OVER_CAPACITY);
        for (int i = 0; i < files.size(); i++) {
            var found = findings(files.get(i));
            if (cheats.get(i).isEmpty()) {
                assertThat(found).as(run.out()).isEmpty();
                assertThat(stored(files.get(i))).isEqualTo(192);
            } else {
                var rule = cheats.get(i).get() == Fraud.NIGHT ? "NIGHT" : "CAPACITY";
                assertThat(found).hasSizeGreaterThan(5);
                assertThat(found).allMatch(each -> each.path("rule").asString().equals(rule));
            }
            assertThat(bodyOf(get("/api/v1/devices/" + id(files.get(i)), owner)).at("/simulated"))
                    .isEqualTo(JSON.readTree("true"));
        }
        assertThat(run.out())
                .contains("10 batches, 960 readings sent")
                .contains("all simulated and of class TEST");
    }

    @Test
    void aSecondRunGoesOnWithTheSameDevices() throws IOException {
        var first = simulate("--panels 2 --from 2025-07-01 --to 2025-07-02");
        var before = files().stream().map(SimulateTest::id).toList();

        var second = simulate("--panels 2 --from 2025-07-01 --to 2025-07-03");

        assertThat(first.code()).as(first.out() + first.err()).isZero();
        assertThat(second.code()).as(second.out() + second.err()).isZero();
        assertThat(files().stream().map(SimulateTest::id)).isEqualTo(before);
        assertThat(files()).allMatch(file -> stored(file) == 192);
        assertThat(second.out()).contains("goes on").contains("2 batches, 192 readings sent");
    }

    /// As after a crash, or from a backup: the server knows more than the file.
    @Test
    void aDeviceThatLostItsPlaceSaysNothingTwice() throws IOException {
        simulate("--panels 1 --from 2025-07-01 --to 2025-07-02");
        var file = files().getFirst().path();
        var backup = Files.readAllBytes(file);
        simulate("--panels 1 --from 2025-07-01 --to 2025-07-03");

        Files.write(file, backup);
        var sameBatches = simulate("--panels 1 --from 2025-07-01 --to 2025-07-03");
        Files.write(file, backup);
        var otherBatches = simulate("--panels 1 --batch-size 48 --from 2025-07-01 --to 2025-07-04");

        assertThat(sameBatches.code()).as(sameBatches.out()).isZero();
        assertThat(otherBatches.code()).as(otherBatches.out()).isEqualTo(3);
        assertThat(otherBatches.out()).contains("overlaps_stored, 2 times");
        assertThat(stored(files().getFirst())).isEqualTo(3 * 96);
    }

    @Test
    void devicesOfAnotherOwnerAreNotSentFor() {
        simulate("--panels 1 --from 2025-07-01 --to 2025-07-02");
        anOwner();

        var run = simulate("--panels 1 --from 2025-07-02 --to 2025-07-03");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("no such device of yours").contains("panel-0001.json");
    }

    @Test
    void itGoesOnAtItsPaceUntilItIsToldToEnd() throws Exception {
        var command = new SimulateCommand();
        var options = line("--panels 1 --speed 3600 --interval 3600 --from 2025-07-01");
        var running = CompletableFuture.supplyAsync(() -> CommandRun.of(command, options));
        awaitReadings(running);

        command.end();

        var run = running.get(30, SECONDS);
        assertThat(run.code()).as(run.out() + run.err()).isZero();
        var file = files().getFirst();
        var until = file.until();
        assertThat(until).isNotNull();
        assertThat(stored(file))
                .isEqualTo(Duration.between(Instant.parse("2025-07-01T00:00:00Z"), until).toHours())
                .isBetween(2L, 200L);
    }

    private void awaitReadings(CompletableFuture<CommandRun> running) throws Exception {
        var never = new CountDownLatch(1);
        long deadline = System.nanoTime() + SECONDS.toNanos(60);
        while (files().isEmpty() || stored(files().getFirst()) < 2) {
            var ended = running.getNow(null);
            assertThat(ended).as(String.valueOf(ended)).isNull();
            if (never.await(50, MILLISECONDS) || System.nanoTime() > deadline) {
                throw new AssertionError("no reading came");
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--panels 0 | --panels lies between 1 and 10000, not 0",
                "--batch-size 2977 | --batch-size lies between 1 and 2976, not 2977",
                "--fraud nigth | --fraud 'nigth' is not known; there are night,",
                "--place atlantis | --place 'atlantis' is not known; there are bristol,",
                "--fraud night --fraud-share 1.5 | --fraud-share lies between 0 and 1, not 1.5",
                "--fraud-share 0.5 | --fraud-share 0.5 needs --fraud",
                "--speed 60 | --speed 60.0 needs --from",
                "--speed 0 | --speed is above 0, not 0.0",
                "--from yesterday | --from 'yesterday' is no date such as 2026-07-01",
                "--from 2025-07-02 --to 2025-07-01 | --from 2025-07-02T00:00:00Z is not before",
                "--interval 7 --from 2025-07-01 | --interval 7: an interval is a whole part",
                "--via MQTT --mqtt tcp://a:1 --from 2025-07-01 | --mqtt is not like mqtt://host",
            })
    void whatIsMisspeltIsNamed(String options, String complaint) {
        var run = simulate(options.contains("--panels") ? options : "--panels 1 " + options);

        assertThat(run.code()).isBetween(1, 2);
        assertThat(run.err()).contains(complaint);
    }

    /// Both halves together: what simulated devices send keeps the rules for devices, and what a
    /// cheat sends breaks the one that it is for.
    @Test
    void whatIsCapturedIsTriedByTheConformanceKit() throws IOException {
        simulate(
                "--panels 2 --place madrid --fraud night --fraud-share 0.5 --from 2025-07-01"
                        + " --to 2025-07-06 --capture "
                        + captures);

        var codes = new ArrayList<Integer>();
        for (var file : files()) {
            var run = conformance(file);
            assertThat(run.out().contains("FAIL       energy.night"))
                    .as(run.out() + run.err())
                    .isEqualTo(run.code() == 1);
            codes.add(run.code());
        }

        assertThat(codes).containsExactlyInAnyOrder(0, 1);
    }

    private CommandRun conformance(DeviceFile file) throws IOException {
        var device = file.device();
        var site = device.site();
        var siteFile = captures.resolve("site.json");
        Files.writeString(
                siteFile,
                """
                {"zone": "%s", "latitude": %s, "longitude": %s, "altitude_metres": %d,
                 "country": "%s", "watts_peak": %d, "mounting": "FIXED"}
                """
                        .formatted(
                                site.zone(),
                                site.latitude(),
                                site.longitude(),
                                site.altitudeMetres(),
                                site.country(),
                                device.installation().wattsPeak()));
        var capture = captures.resolve(file.path().getFileName() + "l");
        return CommandRun.of(
                new ConformanceCommand(),
                "--capture %s --device %s --public-key %s --site %s"
                        .formatted(capture, device.id(), device.key().hex(), siteFile)
                        .split(" "));
    }

    @Test
    void whoeverCannotSignInIsTold() {
        var arguments = new ArrayList<>(List.of(line("--from 2025-07-01")));
        arguments.set(5, "wm_wrong");

        var run = CommandRun.of(new SimulateCommand(), arguments.toArray(String[]::new));

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("gets no token").contains("invalid_client");
    }

    @Test
    void thePageNamesEveryFraudAndEveryPlace() throws IOException {
        var page = Files.readString(Path.of("..", "docs", "simulate.md"));

        for (var fraud : Fraud.values()) {
            assertThat(page).contains("| `" + SimulateCommand.label(fraud) + "` |");
        }
        for (var place : Place.values()) {
            assertThat(page).contains("`" + place.label() + "`");
        }
    }
}
