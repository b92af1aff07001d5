package org.wattmark.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wattmark verify`: checks a certificate with no network, by what its reader trusts.
@Command(
        name = "verify",
        description = "Checks a certificate offline.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:authentic and in the log that you trust",
            "1:not authentic: forged, changed, or not in that log",
            "3:signed by a key that you do not trust: see `wattmark keys trust`"
        })
final class Verify implements Callable<Integer> {

    private static final int AUTHENTIC = 0;
    private static final int NOT_AUTHENTIC = 1;
    private static final int UNTRUSTED_KEY = 3;

    @Parameters(paramLabel = "FILE", description = "The certificate, a .json file.")
    private Path file;

    @Option(
            names = "--trust",
            paramLabel = "KEYS",
            description = "Whom you trust: the file that `wattmark keys trust URL` writes.")
    private @Nullable Path trust;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    Verify() {}

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try {
            return report(out);
        } finally {
            out.flush();
        }
    }

    private int report(PrintWriter out) throws IOException {
        Certificate certificate;
        RetirementStatement statement;
        try {
            certificate = CertificateFile.read(bytesOf(file));
            statement = certificate.statement();
        } catch (Canonical.Malformed e) {
            out.println("NOT AUTHENTIC: " + e.getMessage());
            return NOT_AUTHENTIC;
        }
        return switch (certificate.verify(trusted())) {
            case Verdict.Logged(var checkpoint, var cosignatures, var quorum) -> {
                authentic(out, statement, checkpoint);
                out.printf("witnessed by %d (%d asked for)%n", cosignatures.size(), quorum);
                out.println("status since then: unknown offline");
                yield AUTHENTIC;
            }
            case Verdict.NotWitnessed(var checkpoint, var cosignatures, var quorum) -> {
                out.printf(
                        "NOT AUTHENTIC: of %d witnesses asked for, %d have signed at %d leaves%n",
                        quorum, cosignatures.size(), checkpoint.size());
                yield NOT_AUTHENTIC;
            }
            case Verdict.UnknownLog(var origin, var fingerprints) -> {
                out.println("UNTRUSTED KEY: " + origin + " signed with " + fingerprints);
                out.println("Pin the log's key once with: wattmark keys trust URL");
                yield UNTRUSTED_KEY;
            }
            case Verdict.BadSignature(var fingerprint) -> {
                out.println("NOT AUTHENTIC: the signature of " + fingerprint + " is false");
                yield NOT_AUTHENTIC;
            }
            case Verdict.NotIncluded(var checkpoint) -> {
                out.printf(
                        "NOT AUTHENTIC: not among the %d leaves of the log%n", checkpoint.size());
                yield NOT_AUTHENTIC;
            }
        };
    }

    private static void authentic(
            PrintWriter out, RetirementStatement statement, Checkpoint checkpoint) {
        if (statement.unitClass() == UnitClass.TEST) {
            out.println("TEST UNITS: simulated or demo-approved; they support no claim.");
        }
        out.println("AUTHENTIC");
        out.printf(
                "%s retired %s t CO2e (%s g), serials %s of block %s%n",
                statement.beneficiary(),
                statement.quantity().tonnes().toPlainString(),
                statement.quantity().grams(),
                statement.serials(),
                statement.block());
        out.printf("purpose: %s%n", statement.purpose().isEmpty() ? "-" : statement.purpose());
        out.printf(
                "from project %s (%s), vintage %s, %s, tier %s%n",
                statement.project(),
                statement.region(),
                statement.vintage(),
                statement.methodology(),
                statement.tier());
        out.printf(
                "retired at %s; in the log %s, of %d leaves%n",
                statement.at(), checkpoint.origin(), checkpoint.size());
    }

    private Trust trusted() throws IOException {
        if (trust == null) {
            return Trust.NOBODY;
        }
        try {
            return Trust.parse(new String(bytesOf(trust), StandardCharsets.UTF_8));
        } catch (MalformedException e) {
            throw new CommandFailed(trust + ": " + e.getMessage());
        }
    }

    private static byte[] bytesOf(Path path) throws IOException {
        if (!Files.isReadable(path)) {
            throw new CommandFailed("cannot read " + path);
        }
        if (Files.size(path) > CertificateFile.MAX_BYTES) {
            throw new CommandFailed(
                    path + " is larger than " + CertificateFile.MAX_BYTES + " bytes");
        }
        return Files.readAllBytes(path);
    }
}
