package org.wattmark.server.audit;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.WitnessFile;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.OpenDatabase;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `wattmark audit`: replays the journal and compares everything with it.
@Command(
        name = "audit",
        description =
                "Replays the journal from nothing, and compares balances, tables, answers and the"
                        + " signed log with it. Run it on a server that takes no writes meanwhile.",
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything agrees",
            "1:something does not; the first bad entry is named"
        })
public final class AuditCommand implements Callable<Integer> {

    @Option(
            names = "--data",
            description = "The data folder of the server. Default: ${DEFAULT-VALUE}",
            defaultValue = "./data")
    private Path data;

    @Option(
            names = "--database-url",
            defaultValue = "${env:WATTMARK_DATABASE_URL}",
            showDefaultValue = picocli.CommandLine.Help.Visibility.NEVER,
            description = "As for serve.")
    private @Nullable String databaseUrl;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public AuditCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try (var open = open()) {
            var signed = signed(out);
            var report = of(open.database(), signed, out).run();
            print(out, report);
            return report.isClean() ? 0 : 1;
        } finally {
            out.flush();
        }
    }

    private OpenDatabase open() {
        if (databaseUrl != null && !databaseUrl.isBlank()) {
            return OpenDatabase.at(Database.parse(databaseUrl));
        }
        if (!Files.isDirectory(data.resolve("postgres"))) {
            throw new CommandFailed("there is no server's data in " + data);
        }
        return OpenDatabase.besideServerIn(data);
    }

    private Audit.Signed signed(PrintWriter out) {
        var key = LogKey.fileIn(data.toAbsolutePath().normalize().resolve("keys"));
        if (!Files.exists(key)) {
            out.println("no key in " + key + ": what was signed last is not compared");
            return new Audit.Signed(Optional.empty(), List.of(), List.of());
        }
        return signedBy(key, WitnessFile.read(data));
    }

    /// @param witnesses who is known to cosign
    static Audit.Signed signedBy(Path keyFile, Trust witnesses) {
        return new Audit.Signed(
                Optional.of(KeyFile.lastSigned(keyFile)),
                LogKey.everyKey(keyFile),
                List.copyOf(witnesses.witnesses().values()));
    }

    /// An audit of this database, with fresh machines.
    static Audit of(Database database, Audit.Signed signed, PrintWriter out) {
        var dataSource = database.dataSource();
        return new Audit(
                JdbcClient.create(dataSource),
                new Books(),
                new JdbcJournal(
                        dataSource,
                        new OutcomeCodec(Stream.of()), // it decodes no answers
                        Books.tables()),
                signed,
                done -> {
                    out.println(done + " entries");
                    out.flush();
                });
    }

    private static void print(PrintWriter out, Audit.Report report) {
        out.println(report.entries() + " entries, root " + report.root().base64());
        for (var each : report.discrepancies()) {
            var place = each.sequence() < 0 ? "tables" : "entry " + each.sequence();
            out.println("WRONG  " + place + ": " + each.what());
        }
        if (report.isClean()) {
            out.println("OK: everything agrees");
        } else if (report.firstBadSequence() >= 0) {
            out.println("first bad entry: " + report.firstBadSequence());
        }
    }
}
