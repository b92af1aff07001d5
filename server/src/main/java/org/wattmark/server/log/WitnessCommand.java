package org.wattmark.server.log;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.SignatureType;
import org.wattmark.tlog.SigningRefusedException;
import org.wattmark.tlog.VerifierKey;
import org.wattmark.tlog.WitnessFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark witness`: watches the logs of others, and cosigns what provably only grows.
@Command(
        name = "witness",
        description =
                "Runs a witness: it cosigns the checkpoints of the logs that it is given, each"
                        + " only when it provably extends the one before. It needs no database.",
        mixinStandardHelpOptions = true,
        showDefaultValues = true)
public final class WitnessCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            description = "The folder for the witness's key and what it has seen.",
            defaultValue = "./witness")
    private Path data;

    @Option(names = "--port", description = "The TCP port of HTTP.", defaultValue = "8090")
    private int port;

    @Option(
            names = "--name",
            description =
                    "The witness's name for ever, for example witness.example.com/w1; needed at"
                            + " the first start, which makes its key.")
    private @Nullable String name;

    @Option(
            names = "--log",
            required = true,
            paramLabel = "KEY",
            description =
                    "The public key of a log, as `wattmark keys show` prints it. May be given for"
                            + " many logs, and twice for one whose key changes.")
    private List<String> logs;

    @Option(
            names = "--ed25519",
            description = "Makes a key of the older kind, for readers that know no ML-DSA-44.")
    private boolean ed25519;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    WitnessCommand() {}

    @Override
    public Integer call() throws Exception {
        var known = keys();
        if (!WitnessFolder.isThere(data)) {
            make();
        }
        try (var folder = open();
                var server =
                        WitnessServer.start(
                                folder.witness(known, InstantSource.system()),
                                new InetSocketAddress(port))) {
            var out = spec.commandLine().getOut();
            out.println("public key   " + folder.verifierKey());
            known.forEach(log -> out.println("cosigns for  " + log.fingerprint()));
            out.println("The witness listens at " + server.url());
            out.flush();
            new CountDownLatch(1).await(); // until the process is told to stop
            return 0;
        }
    }

    private List<VerifierKey> keys() {
        try {
            var keys = logs.stream().map(VerifierKey::parse).toList();
            if (keys.stream().noneMatch(it -> it.type().isCosignature())) {
                return keys;
            }
        } catch (MalformedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
        throw new CommandFailed("--log takes the key of a log, not of a witness");
    }

    private void make() {
        if (name == null) {
            throw new CommandFailed("no witness lives in " + data + " yet: give it a --name");
        }
        var type = ed25519 ? SignatureType.COSIGNATURE : SignatureType.ML_DSA_44_COSIGNATURE;
        try {
            WitnessFolder.create(data, name, type);
        } catch (MalformedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }

    private WitnessFolder open() {
        try {
            return WitnessFolder.open(data);
        } catch (SigningRefusedException | MalformedException e) {
            throw new CommandFailed(String.valueOf(e.getMessage()));
        }
    }
}
