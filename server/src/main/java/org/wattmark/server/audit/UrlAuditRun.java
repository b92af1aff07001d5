package org.wattmark.server.audit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.log.RemoteLog;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.NoteSignature;
import org.wattmark.tlog.SignedCheckpoint;
import org.wattmark.tlog.Trust;

/// `wattmark audit --url`: whose log it is, and then what is in it.
final class UrlAuditRun {

    private final URI url;
    private final @Nullable Path trustFile;
    private final @Nullable Path sinceFile;
    private final PrintWriter out;

    UrlAuditRun(URI url, @Nullable Path trustFile, @Nullable Path sinceFile, PrintWriter out) {
        this.url = url;
        this.trustFile = trustFile;
        this.sinceFile = sinceFile;
        this.out = out;
    }

    private String published(RemoteLog log) {
        return log.checkpoint()
                .orElseThrow(() -> new CommandFailed(url + " has published no checkpoint yet"));
    }

    /// @return the exit code
    int run() {
        try (var log = new RemoteLog(url)) {
            var trust = trust();
            var latest = parsed(url + "/log/checkpoint", published(log));
            var since = Optional.ofNullable(sinceFile).map(it -> parsed(it.toString(), text(it)));
            boolean authentic = isAuthentic(latest, trust);
            for (var earlier : since.stream().toList()) {
                requireSameLog(earlier, latest);
                authentic &= isAuthentic(earlier, trust);
            }
            if (!authentic) {
                return 1;
            }
            var size = latest.checkpoint().size();
            var progress = new Progress(out, "entries", size, Progress.isTerminal());
            var findings =
                    new UrlAudit(
                                    log,
                                    latest.checkpoint(),
                                    since.map(SignedCheckpoint::checkpoint),
                                    progress)
                            .run();
            progress.end(findings.report().entries());
            print(findings);
            AuditCommand.print(out, findings.report());
            return findings.report().isClean() ? 0 : 1;
        }
    }

    private Trust trust() {
        if (trustFile == null) {
            return Trust.NOBODY;
        }
        try {
            return Trust.parse(text(trustFile));
        } catch (MalformedException e) {
            throw new CommandFailed(trustFile + ": " + e.getMessage());
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    private static SignedCheckpoint parsed(String where, String note) {
        try {
            return SignedCheckpoint.parse(note);
        } catch (MalformedException e) {
            throw new CommandFailed(where + " is no signed checkpoint: " + e.getMessage());
        }
    }

    private static void requireSameLog(SignedCheckpoint earlier, SignedCheckpoint latest) {
        if (!earlier.checkpoint().isOfSameLog(latest.checkpoint())) {
            throw new CommandFailed(
                    "the checkpoint is of %s, but the log is %s"
                            .formatted(
                                    earlier.checkpoint().origin(), latest.checkpoint().origin()));
        }
    }

    /// Throws [CommandFailed] if the trust file does not know this log; whoever gave none is told.
    private boolean isAuthentic(SignedCheckpoint signed, Trust trust) {
        var checkpoint = signed.checkpoint();
        out.println(
                "checkpoint of " + checkpoint.origin() + " at " + checkpoint.size() + " leaves");
        if (trustFile == null) {
            out.println(
                    "UNTRUSTED KEY: without --trust nobody knows who signed it: "
                            + signed.note().signatures().stream()
                                    .map(NoteSignature::fingerprint)
                                    .toList());
            return true;
        }
        var keys =
                trust.logs().stream().filter(it -> it.name().equals(checkpoint.origin())).toList();
        if (keys.isEmpty()) {
            throw new CommandFailed("the trust file has no key of " + checkpoint.origin());
        }
        boolean logs =
                keys.stream()
                        .anyMatch(key ->
                                signed.note().signatures().stream()
                                        .anyMatch(it -> key.verifies(signed.note().text(), it)));
        if (!logs) {
            out.println("WRONG  checkpoint: it is not signed by a key of the log that you trust");
            return false;
        }
        var cosignatures = trust.cosignatures(signed.note());
        out.printf("signed; witnessed by %d (%d asked for)%n", cosignatures.size(), trust.quorum());
        if (!trust.isQuorum(cosignatures)) {
            out.println(
                    "WRONG  checkpoint: fewer witnesses cosigned it than the trust file asks for");
            return false;
        }
        return true;
    }

    private void print(UrlAudit.Findings findings) {
        out.printf(
                "%d balances of units derived; amounts of money are commitments: not added up%n",
                findings.balances());
        findings.totals()
                .forEach((id, it) ->
                        out.printf(
                                "block %s (%s): issued %d g = held %d + reserved %d + buffer %d"
                                        + " + retired %d + cancelled %d%n",
                                id,
                                it.block().unitClass(),
                                it.issued(),
                                it.held(),
                                it.reserved(),
                                it.buffer(),
                                it.retired(),
                                it.cancelled()));
    }
}
