package org.wattmark.server.mirror;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.log.RemoteLog;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wattmark mirror`: follows the log of somebody else, and serves it.
@Command(
        name = "mirror",
        description = {
            "Follows a log: takes over what provably extends what is here already, checks every"
                    + " hash before it is kept, and serves it at the same paths. It needs no"
                    + " database.",
            "When the log contradicts what it signed before, it stops and keeps both notes."
        },
        mixinStandardHelpOptions = true,
        showDefaultValues = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:with --once: all that the log has is here",
            "1:it could not be followed",
            "4:ALARM: the log has signed two trees that contradict each other"
        })
public final class MirrorCommand implements Callable<Integer> {

    private static final int FORKED = 4;

    @Parameters(paramLabel = "URL", description = "The server, for example https://example.com.")
    private URI server;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "Whom to believe, as `wattmark keys trust` writes it. Without it the key that"
                            + " the log shows first is believed from then on.")
    private @Nullable Path trustFile;

    @Option(
            names = "--to",
            paramLabel = "DIR",
            description = "The mirror's folder.",
            defaultValue = "./mirror")
    private Path to;

    @Option(
            names = "--port",
            description = "The TCP port of HTTP; 0 serves nothing.",
            defaultValue = "0")
    private int port;

    @Option(names = "--once", description = "Looks once, and ends.")
    private boolean once;

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "How long to wait before looking again.",
            defaultValue = "5")
    private int every;

    @Spec private CommandSpec spec;

    /// Stays closed: who ends the process ends the wait.
    private final CountDownLatch never = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public MirrorCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        var out = spec.commandLine().getOut();
        try (var folder = MirrorFolder.open(to.toAbsolutePath().normalize());
                var remote = new RemoteLog(server)) {
            if (folder.evidence().isPresent()) {
                say(
                        out,
                        "ALARM: this mirror stopped when the log forked; see "
                                + folder.evidence().get());
                return FORKED;
            }
            var trust = trust(folder, remote, out);
            var follower =
                    new Follower(remote, trust, folder, leaves -> say(out, leaves + " leaves"));
            if (once || port == 0) {
                return follow(follower, folder, out);
            }
            try (var http =
                    MirrorServer.start(
                            new MirroredLog(folder), trust.logs(), new InetSocketAddress(port))) {
                say(out, "The mirror listens at " + http.url());
                return follow(follower, folder, out);
            }
        } finally {
            out.flush();
        }
    }

    private int follow(Follower follower, MirrorFolder folder, PrintWriter out)
            throws InterruptedException {
        var said = "";
        do {
            var line = "";
            int code = 0;
            switch (look(follower)) {
                case Round.Followed(var before, var size) ->
                        line = before == size ? said : size + " leaves, all proven";
                case Round.Refused(var why) -> {
                    line = "nothing is taken over: " + why;
                    code = 1;
                }
                case Round.Forked(var explanation) -> {
                    say(out, "ALARM: the log has signed two trees that contradict each other.");
                    say(out, explanation.strip());
                    say(out, "Both notes are in " + folder.evidence().orElseThrow());
                    return FORKED;
                }
            }
            if (!line.equals(said)) {
                say(out, line); // once, and not every few seconds
                said = line;
            }
            if (once) {
                return code;
            }
        } while (!never.await(every, TimeUnit.SECONDS));
        return 0;
    }

    /// A network that fails is not the log's fault; it is asked again.
    private static Round look(Follower follower) {
        try {
            return follower.once();
        } catch (UncheckedIOException e) {
            return new Round.Refused(String.valueOf(e.getMessage()));
        }
    }

    private Trust trust(MirrorFolder folder, RemoteLog remote, PrintWriter out) throws IOException {
        var file = trustFile == null ? folder.trustFile() : trustFile;
        if (trustFile == null && !Files.exists(file)) {
            pin(remote, folder, out);
        }
        try {
            return Trust.parse(Files.readString(file));
        } catch (MalformedException e) {
            throw new CommandFailed(file + ": " + e.getMessage());
        } catch (IOException e) {
            throw new CommandFailed("cannot read " + file);
        }
    }

    private static void pin(RemoteLog remote, MirrorFolder folder, PrintWriter out) {
        var keys = remote.keys();
        var lines = keys.stream().map(it -> "log " + it + "\n").collect(Collectors.joining());
        MirrorFolder.write(folder.trustFile(), lines + "quorum none\n");
        keys.forEach(it -> say(out, "pinned       " + it));
        say(out, "Compare it with what the log's operator publishes elsewhere.");
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }
}
