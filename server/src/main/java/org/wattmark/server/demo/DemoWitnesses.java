package org.wattmark.server.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.WitnessFile;
import org.wattmark.server.log.WitnessServer;
import org.wattmark.server.settings.ServerSettings;
import org.wattmark.tlog.SignatureType;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.tlog.WitnessFolder;

/// Two witnesses of the demo's log, one with a key of each kind. Each has its own key, memory and
/// HTTP server; what they lack of real ones is a keeper of their own.
final class DemoWitnesses implements AutoCloseable {

    private static final String QUORUM = "group both all north south\nquorum both\n";

    private final List<AutoCloseable> running = new ArrayList<>();
    private final List<VerifierKey> logs;
    private final StringBuilder asked = new StringBuilder();
    private final StringBuilder trusted = new StringBuilder();

    private DemoWitnesses(List<VerifierKey> logs) {
        this.logs = logs;
    }

    /// Starts them, and tells the server that is about to start where they are.
    static DemoWitnesses start(ServerSettings settings) throws IOException {
        var witnesses = new DemoWitnesses(LogKey.everyKey(LogKey.fileIn(settings.keys())));
        try {
            witnesses.run(settings, "north", SignatureType.ML_DSA_44_COSIGNATURE);
            witnesses.run(settings, "south", SignatureType.COSIGNATURE);
            Files.writeString(WitnessFile.in(settings.data()), witnesses.asked + QUORUM);
            return witnesses;
        } catch (IOException | RuntimeException e) {
            witnesses.close();
            throw e;
        }
    }

    private void run(ServerSettings settings, String name, SignatureType type) throws IOException {
        var folder = settings.data().resolve("witnesses").resolve(name);
        if (!WitnessFolder.isThere(folder)) {
            WitnessFolder.create(folder, "demo.wattmark.invalid/" + name, type);
        }
        var open = WitnessFolder.open(folder);
        running.add(open);
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        var server = WitnessServer.start(open.witness(logs, InstantSource.system()), address);
        running.add(server);
        var line = "witness " + name + " " + open.verifierKey();
        asked.append(line).append(' ').append(server.url()).append('\n');
        trusted.append(line).append('\n');
    }

    /// The file of somebody who trusts the log as far as both witnesses have seen it.
    String trustFile() {
        var log = logs.stream().map(key -> "log " + key + "\n").collect(Collectors.joining());
        return log + trusted + QUORUM;
    }

    @Override
    public void close() {
        for (var each : running.reversed()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("a witness does not stop", e);
            }
        }
        running.clear();
    }
}
