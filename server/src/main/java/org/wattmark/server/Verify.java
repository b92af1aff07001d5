package org.wattmark.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.GranularRetirement;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.server.certificates.PdfCertificate;
import org.wattmark.server.log.IssuerPins;
import org.wattmark.server.registry.CertificateFile;
import org.wattmark.server.registry.GranularFile;
import org.wattmark.tlog.Checkpoint;
import org.wattmark.tlog.MalformedException;
import org.wattmark.tlog.Trust;
import org.wattmark.tlog.Verdict;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wattmark verify`: checks a certificate with no network, by what its reader trusts.
@Command(
        name = "verify",
        description = "Checks a certificate offline: its JSON, its PDF, or its credential.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:authentic and in the log that you trust",
            "1:not authentic: forged, changed, or not in that log",
            "2:authentic, but recalled, reversed or suspended since (--status, --online)",
            "3:signed by a key that you do not trust: see `wattmark keys trust`"
        })
final class Verify implements Callable<Integer> {

    private static final int NOT_AUTHENTIC = 1;
    private static final int UNTRUSTED_KEY = 3;

    @Parameters(paramLabel = "FILE", description = "The certificate: .json or .pdf.")
    private Path file;

    @Option(
            names = "--trust",
            paramLabel = "KEYS",
            description = "Whom you trust: the file that `wattmark keys trust URL` writes.")
    private @Nullable Path trust;

    @Mixin private StatusCheck status;

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
        try {
            var bytes = bytesOf(file, PdfCertificate.MAX_BYTES);
            if (GranularFile.looksLike(bytes)) {
                return report(out, GranularFile.read(bytes));
            }
            var given = GivenCertificate.read(bytes);
            return report(out, given, given.certificate().statement());
        } catch (Canonical.Malformed e) {
            out.println("NOT AUTHENTIC: " + e.getMessage());
            return NOT_AUTHENTIC;
        }
    }

    private int report(PrintWriter out, GivenCertificate given, RetirementStatement statement)
            throws IOException, Canonical.Malformed {
        var trusted = trustFile();
        return report(
                out,
                given.certificate().verify(trusted(trusted)),
                checkpoint -> authentic(out, statement, checkpoint),
                () -> {
                    var issuers = IssuerPins.read(trusted);
                    given.remarks(issuers).forEach(out::println);
                    return status.report(out, given.certificate(), issuers, InstantSource.system());
                });
    }

    /// Watt-hours that were retired stay so, whatever becomes of the device: they have no status.
    private int report(PrintWriter out, Certificate hour) throws IOException, Canonical.Malformed {
        var retired = hour.hour();
        return report(
                out,
                hour.verify(trusted(trustFile())),
                checkpoint -> authentic(out, retired, checkpoint),
                () -> 0);
    }

    /// What there is to say of what the log has.
    private interface Standing {

        int report() throws IOException, Canonical.Malformed;
    }

    private static int report(
            PrintWriter out, Verdict verdict, Consumer<Checkpoint> authentic, Standing standing)
            throws IOException, Canonical.Malformed {
        return switch (verdict) {
            case Verdict.Logged(var checkpoint, var cosignatures, var quorum) -> {
                authentic.accept(checkpoint);
                out.printf("witnessed by %d (%d asked for)%n", cosignatures.size(), quorum);
                yield standing.report();
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
            PrintWriter out, GranularRetirement retired, Checkpoint checkpoint) {
        if (retired.unitClass() == UnitClass.TEST) {
            out.println("TEST UNITS: simulated or demo-approved; they support no claim.");
        }
        out.println("AUTHENTIC");
        out.println(GranularFile.headline(retired));
        out.printf(
                "serials %s of granular certificate %s, device %s%n",
                retired.serials(), retired.certificate(), retired.device().value());
        out.printf("purpose: %s%n", retired.purpose().isEmpty() ? "-" : retired.purpose());
        out.printf(
                "from project %s (%s), tier %s%n",
                retired.project(), retired.region(), retired.tier());
        out.printf(
                "retired at %s; in the log %s, of %d leaves%n",
                retired.at(), checkpoint.origin(), checkpoint.size());
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

    /// Empty where the reader named none: nobody is trusted then.
    private String trustFile() throws IOException {
        return trust == null
                ? ""
                : new String(bytesOf(trust, CertificateFile.MAX_BYTES), StandardCharsets.UTF_8);
    }

    private Trust trusted(String trustFile) {
        if (trust == null) {
            return Trust.NOBODY;
        }
        try {
            return Trust.parse(trustFile);
        } catch (MalformedException e) {
            throw new CommandFailed(trust + ": " + e.getMessage());
        }
    }

    private static byte[] bytesOf(Path path, int most) throws IOException {
        if (!Files.isReadable(path)) {
            throw new CommandFailed("cannot read " + path);
        }
        if (Files.size(path) > most) {
            throw new CommandFailed(path + " is larger than " + most + " bytes");
        }
        return Files.readAllBytes(path);
    }
}
