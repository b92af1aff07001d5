package org.wattmark.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.secrets.OwnerOnlyFile;
import picocli.CommandLine;

/// `wattmark edge`, as somebody types it.
class EdgeCommandTest extends EdgeTest {

    private final StringWriter printed = new StringWriter();

    @Test
    void itBondsTheInverterAndBeginsToCount() {
        try (var inverter =
                SimulatedInverter.threePhase(1_000_000).text(1, 48, "SN" + System.nanoTime())) {
            var machine = newMachine();
            OwnerOnlyFile.write(data.resolve("secret"), machine.secret());
            var words = new ArrayList<>(words("127.0.0.1:" + inverter.port, machine.clientId()));
            words.addAll(
                    List.of(
                            "--register",
                            "--nothing-else",
                            "--simulated",
                            "--zone",
                            "America/Denver",
                            "--latitude",
                            "39.742",
                            "--longitude",
                            "-105.173",
                            "--altitude",
                            "1830",
                            "--country",
                            "US",
                            "--watts-peak",
                            "6000"));

            int first = run(words);
            int again = run(words);

            assertThat(first).as(printed.toString()).isZero();
            assertThat(again).as(printed.toString()).isZero();
            assertThat(printed.toString())
                    .contains("Bonded as T1, declared as sunspec Sunny Works/SW-6000/SN")
                    .contains("GENERATION begins at 1,000,000 Wh")
                    .contains("The device is bonded already.");
        }
    }

    @Test
    void whatCannotBeIsSaidWithItsLimits() {
        OwnerOnlyFile.write(data.resolve("secret"), "not-the-secret");

        thenFails("--every is 3; it lies between 5 and 900", "--every", "3");
        thenFails("--unit is 300; units are 1 to 247", "--unit", "300");
        thenFails("name one source", "--openems", "mqtt://localhost:1");
        thenFails("(401 ", "--unit", "1"); // the server does not know the machine
    }

    private void thenFails(String message, String... more) {
        var words = new ArrayList<>(words("127.0.0.1:502", "wm_client_nobody"));
        words.addAll(List.of(more));
        if (List.of(more).contains("--openems")) {
            words.remove("--once");
        }

        int code = run(words);

        assertThat(code).isEqualTo(1);
        assertThat(printed.toString()).contains(message);
    }

    private List<String> words(String modbus, String client) {
        return List.of(
                "--modbus",
                modbus,
                "--server",
                server(),
                "--client-id",
                client,
                "--secret-file",
                data.resolve("secret").toString(),
                "--data",
                data.resolve("edge").toString(),
                "--once");
    }

    private int run(List<String> words) {
        var out = new PrintWriter(printed, true);
        return new CommandLine(new EdgeCommand())
                .setOut(out)
                .setErr(out)
                .setExecutionExceptionHandler((exception, _, _) -> {
                    if (!(exception instanceof CommandFailed)) {
                        throw exception;
                    }
                    out.println(exception.getMessage());
                    return 1;
                })
                .execute(words.toArray(String[]::new));
    }
}
