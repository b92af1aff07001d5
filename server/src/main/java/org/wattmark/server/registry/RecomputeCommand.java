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
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.emissions.GridFactors;
import org.wattmark.server.postgres.DatabaseOptions;
import org.wattmark.server.problem.StrictJson;
import org.wattmark.server.registry.ClaimFileEndpoints.StatementFile;
import org.wattmark.units.Canonical;
import org.wattmark.verification.FactorLibraries;
import org.wattmark.verification.MonitoredData;
import org.wattmark.verification.Recomputation;
import org.wattmark.verification.VerificationStatement;
import org.wattmark.verification.VintageEnergy;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;

/// `wattmark recompute`: a statement's figures once more, from what was metered or reported and the
/// factors that the statement names: of a file with no network and no database, or of a claim as
/// the database has it.
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

    private static final Pattern UUID_TEXT =
            Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

    private static final int SAME = 0;
    private static final int UNREADABLE = 1;
    private static final int DIFFERS = 2;

    @Parameters(
            paramLabel = "STATEMENT",
            description =
                    "A file with what GET /api/v1/claims/{claim}/statement answers, or a claim's"
                            + " id: then its statement in the database.")
    private String statement;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    RecomputeCommand() {}

    @Override
    public Integer call() throws IOException {
        var out = spec.commandLine().getOut();
        try {
            if (!UUID_TEXT.matcher(statement).matches()) {
                return report(out, Files.readAllBytes(Path.of(statement)));
            }
            try (var open = database.open()) {
                var jdbc = JdbcClient.create(open.database().dataSource());
                var stored = stored(jdbc, UUID.fromString(statement));
                if (stored.isEmpty()) {
                    out.println("NO STATEMENT: no claim with figures has the id " + statement);
                    return UNREADABLE;
                }
                return report(out, stored.get());
            }
        } finally {
            out.flush();
        }
    }

    private static Optional<StatementFile> stored(JdbcClient jdbc, UUID claim) {
        return jdbc.sql(ClaimTable.SELECT + "where id = :id")
                .param("id", claim)
                .query(ClaimTable::record)
                .optional()
                .flatMap(record ->
                        record.statement().map(stated -> StatementFile.of(record, stated, jdbc)));
    }

    private static int report(PrintWriter out, byte[] content) {
        try {
            return report(out, StrictJson.mapper().readValue(content, StatementFile.class));
        } catch (JacksonException e) {
            out.println("NOT A STATEMENT WITH ITS EVIDENCE: " + e.getMessage());
            return UNREADABLE;
        }
    }

    private static int report(PrintWriter out, StatementFile given) {
        VerificationStatement statement;
        Recomputation again;
        try {
            statement = VerificationStatement.parse(decoded(given.statement()));
            again = again(statement, given);
        } catch (Canonical.Malformed | IllegalArgumentException | DateTimeException e) {
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
        var grids = GridFactors.shipped();
        return given.hourly() == null
                ? Recomputation.of(statement, energy(given.energy()), grids)
                : Recomputation.ofHourly(
                        statement,
                        given.hourly().toEvidence(grids),
                        ZoneId.of(given.zone()),
                        grids);
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
