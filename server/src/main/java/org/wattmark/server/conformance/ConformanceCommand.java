package org.wattmark.server.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.DeviceKey;
import org.wattmark.metering.MakerId;
import org.wattmark.metering.Sha256;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.client.PanelSite;
import org.wattmark.server.client.ServerOptions;
import org.wattmark.server.client.Stop;
import org.wattmark.server.conformance.Capture.Unreadable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark conformance`: a maker's kit.
@Command(
        name = "conformance",
        description = {
            "With --capture: tries every rule on what a device sent, offline.",
            "Without: plays a device itself and shows what the server at --url answers to each"
                    + " rule, so that a maker can compare. It bonds devices, as simulated: two"
                    + " that sign batches and, where who signs in is a device maker too, one that"
                    + " sends packets."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:nothing failed",
            "1:some rule failed",
            "2:misspelt, or something cannot be read or reached"
        })
public final class ConformanceCommand implements Callable<Integer> {

    private static final int SOME_FAILED = 1;
    private static final int UNREADABLE = 2;

    @Mixin private ServerOptions server = new ServerOptions();

    @Option(
            names = "--capture",
            paramLabel = "FILE",
            description = "What the device sent: JSON lines, see docs/conformance.md.")
    private @Nullable Path capture;

    @Option(names = "--device", description = "With --capture: the device's id.")
    private @Nullable UUID device;

    @Option(
            names = "--maker-device",
            paramLabel = "HEX",
            description =
                    "With --capture, in place of --device: the id in its packets, 64 hexadecimal"
                            + " digits. The capture is of packets then, and not of batches.")
    private @Nullable String makerDevice;

    @Option(
            names = "--public-key",
            paramLabel = "HEX",
            description = "With --capture: its Ed25519 key, 64 hexadecimal digits.")
    private @Nullable String publicKey;

    @Option(
            names = "--interval",
            paramLabel = "SECONDS",
            description = "With --capture: of its readings. Default: ${DEFAULT-VALUE}",
            defaultValue = "900")
    private long interval;

    @Option(
            names = "--site",
            paramLabel = "FILE.json",
            description = "With --capture: where its panels stand and how large they are.")
    private @Nullable Path site;

    @Option(names = "--maker", description = "For the report.")
    private @Nullable String maker;

    @Option(names = "--model", description = "For the report.")
    private @Nullable String model;

    @Option(names = "--firmware", description = "For the report.")
    private @Nullable String firmware;

    @Option(names = "--json", description = "Prints the report as JSON.")
    private boolean json;

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Writes the report as JSON, and prints the file's SHA-256.")
    private @Nullable Path reportFile;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public ConformanceCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        try {
            var report = capture == null ? ofServer() : ofCapture(capture);
            publish(report);
            return report.isClean() ? 0 : SOME_FAILED;
        } catch (Unreadable | CommandFailed e) {
            spec.commandLine().getErr().println("wattmark conformance: " + e.getMessage());
            spec.commandLine().getErr().flush();
            return UNREADABLE;
        }
    }

    private Report ofServer() throws InterruptedException {
        try (var remote = server.connect(new Stop())) {
            var subject = subject();
            subject.put("server", remote.url().toString());
            var verdicts = new ServerTrial(remote, InstantSource.system()).run();
            return new Report("server", subject, verdicts);
        }
    }

    private Report ofCapture(Path file) throws Unreadable {
        var specimen = specimen();
        var maker = maker();
        var subject = subject();
        subject.put("device", maker.map(MakerId::hex).orElseGet(() -> specimen.id().toString()));
        subject.put("public_key", specimen.key().hex());
        var sent = Capture.read(file);
        var verdicts =
                maker.map(it -> PacketCaptureTrial.of(sent, specimen, it))
                        .orElseGet(() -> CaptureTrial.of(sent, specimen));
        return new Report("capture", subject, verdicts);
    }

    /// The id in its packets, of a device that sends such.
    private Optional<MakerId> maker() throws Unreadable {
        try {
            return Optional.ofNullable(makerDevice).map(MakerId::new);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("--maker-device " + makerDevice + ": " + e.getMessage());
        }
    }

    private Specimen specimen() throws Unreadable {
        if ((device == null) == (makerDevice == null) || publicKey == null) {
            throw new Unreadable(
                    "--capture needs --public-key, and either --device or --maker-device");
        }
        try {
            var specimen =
                    new Specimen(
                            new DeviceId(device == null ? new UUID(0, 0) : device),
                            new DeviceKey(publicKey),
                            Duration.ofSeconds(interval),
                            site == null ? Optional.empty() : Optional.of(PanelSite.read(site)));
            var _ = specimen.device(); // which knows what an interval may be
            return specimen;
        } catch (IOException e) {
            throw new Unreadable("cannot read " + site + ": " + e);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(
                    "--public-key %s, --interval %d: %s"
                            .formatted(publicKey, interval, e.getMessage()));
        }
    }

    private Map<String, String> subject() {
        var subject = new LinkedHashMap<String, String>();
        put(subject, "maker", maker);
        put(subject, "model", model);
        put(subject, "firmware", firmware);
        return subject;
    }

    private static void put(Map<String, String> subject, String name, @Nullable String value) {
        if (value != null) {
            subject.put(name, value);
        }
    }

    private void publish(Report report) throws Unreadable {
        var out = spec.commandLine().getOut();
        var text = report.json();
        if (json) {
            out.println(text);
        } else {
            report.print(out);
        }
        if (reportFile != null) {
            var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
            try {
                Files.write(reportFile, bytes);
            } catch (IOException e) {
                throw new Unreadable("cannot write " + reportFile + ": " + e);
            }
            var beside = json ? spec.commandLine().getErr() : out;
            beside.println("report       " + reportFile + ", SHA-256 " + Sha256.of(bytes));
            beside.flush();
        }
        out.flush();
    }
}
