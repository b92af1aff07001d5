package org.wattmark.server.registry;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Year;
import java.time.ZoneId;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.emissions.GridFactors;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.server.registry.ClaimFileEndpoints.StatementFile;
import org.wattmark.units.Canonical;
import org.wattmark.verification.FactorLibraries;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.Recomputation;
import org.wattmark.verification.VerificationStatement;
import org.wattmark.verification.VintageEnergy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/// `wattmark recompute`: a statement's figures once more, from what was metered or reported and the
/// factors that the statement names, with no network and no database.
@Command(
        name = "recompute",
        description = "Computes a verification statement again.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:the same to the gram",
            "1:not a statement with its evidence",
            "2:it differs, and where"
        })
public final class RecomputeCommand implements Callable<Integer> {

    private static final int SAME = 0;
    private static final int UNREADABLE = 1;
    private static final int DIFFERS = 2;

    @Parameters(
            paramLabel = "FILE",
            description = "What GET /api/v1/claims/{claim}/statement answers.")
    private Path file;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    RecomputeCommand() {}

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try {
            return report(out, Files.readAllBytes(file));
        } finally {
            out.flush();
        }
    }

    private static int report(PrintWriter out, byte[] content) {
        StatementFile given;
        VerificationStatement statement;
        Recomputation again;
        try {
            given = StrictJson.mapper().readValue(content, StatementFile.class);
            statement = VerificationStatement.parse(decoded(given.statement()));
            again = again(statement, given);
        } catch (Canonical.Malformed
                | JacksonException
                | IllegalArgumentException
                | DateTimeException e) {
            out.println("NOT A STATEMENT WITH ITS EVIDENCE: " + e.getMessage());
            return UNREADABLE;
        }
        out.println("claim        " + statement.claim());
        out.println("methodology  " + statement.methodology());
        statement.factors().forEach(factor -> out.println("factor       " + factor));
        out.println("statement    " + statement.sha256().hex());
        return switch (again) {
            case Recomputation.Same(var reduction) -> {
                out.println("SAME         " + reduction.net());
                yield SAME;
            }
            case Recomputation.Differs(var differences) -> {
                for (var each : differences) {
                    out.printf(
                            "DIFFERS      %s: stated %s, found %s%n",
                            each.what(), each.stated(), each.found());
                }
                yield DIFFERS;
            }
        };
    }

    private static Recomputation again(VerificationStatement statement, StatementFile given)
            throws Canonical.Malformed {
        if (given.data() != null) {
            return Recomputation.ofReported(
                    statement,
                    MonitoredData.of(decoded(given.data())),
                    ZoneId.of(given.zone()),
                    FactorLibraries.shipped());
        }
        return Recomputation.of(statement, energy(given.energy()), GridFactors.shipped());
    }

    private static List<VintageEnergy> energy(@Nullable List<StatementFile.Metered> energy) {
        return energy == null
                ? List.of()
                : energy.stream()
                        .map(each -> new VintageEnergy(Year.of(each.vintage()), each.energy()))
                        .toList();
    }

    private static byte[] decoded(String base64) {
        return Base64.getDecoder().decode(base64);
    }
}
