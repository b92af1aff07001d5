package org.wattmark.server.audit;

import com.zaxxer.hikari.HikariDataSource;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.Journal;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.ledger.JdbcJournal;
import org.wattmark.server.ledger.OutcomeCodec;
import org.wattmark.server.log.LogKey;
import org.wattmark.server.log.WitnessFile;
import org.wattmark.server.postgres.Database;
import org.wattmark.server.postgres.DatabaseOptions;
import org.wattmark.server.postgres.UnusableDatabase;
import org.wattmark.tlog.FileTiles;
import org.wattmark.tlog.KeyFile;
import org.wattmark.tlog.Tiles;
import org.wattmark.tlog.Trust;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `wattmark audit`: replays the journal and compares everything with it, or reads a log as anybody
/// can.
@Command(
        name = "audit",
        description = {
            "Replays the journal from nothing, and compares balances, tables, answers and the"
                    + " signed log with it. Run it on a server that takes no writes meanwhile.",
            "With --url it needs no database: it reads a log over HTTP and checks what is public."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything agrees",
            "1:something does not; the first bad entry is named",
            "2:the command line is misspelt",
            "3:it could not be carried out: no database, no log, no answer, or a log whose key"
                    + " the trust file does not have"
        })
public final class AuditCommand implements Callable<Integer> {

    private static final int CLEAN = 0;
    private static final int DISCREPANCY = 1;
    private static final int NOT_CARRIED_OUT = 3;

    @Option(
            names = "--url",
            description =
                    "Audits the log of this server from its public tiles and entries. Amounts of"
                            + " money are commitments and are not added up.")
    private @Nullable URI url;

    @Option(
            names = "--trust",
            paramLabel = "KEYS",
            description =
                    "With --url: whom you trust, the file that `wattmark keys trust URL` writes.")
    private @Nullable Path trust;

    @Option(
            names = "--since",
            paramLabel = "CHECKPOINT",
            description =
                    "With --url: a checkpoint that you kept; the log must still be of its tree.")
    private @Nullable Path since;

    @Mixin private DatabaseOptions database = new DatabaseOptions();

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    public AuditCommand() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        if (url == null && (trust != null || since != null)) {
            throw new ParameterException(spec.commandLine(), "--trust and --since belong to --url");
        }
        try {
            return url == null ? auditDatabase(out) : new UrlAuditRun(url, trust, since, out).run();
        } catch (CommandFailed | UnusableDatabase e) {
            return notCarriedOut(e);
        } catch (UncheckedIOException | DataAccessException | Journal.Unreachable e) {
            return notCarriedOut(e);
        } finally {
            out.flush();
        }
    }

    private int notCarriedOut(RuntimeException e) {
        spec.commandLine().getErr().println("wattmark: " + e.getMessage());
        return NOT_CARRIED_OUT;
    }

    private int auditDatabase(PrintWriter out) {
        try (var open = database.open();
                var pool = pool(open.database())) {
            var jdbc = JdbcClient.create(pool);
            long all = jdbc.sql("select next_sequence from leader").query(Long.class).single();
            var progress = new Progress(out, "entries", all, Progress.isTerminal());
            var report = of(pool, signed(out), tiles(), progress).run();
            progress.end(report.entries());
            print(out, report);
            return report.isClean() ? CLEAN : DISCREPANCY;
        }
    }

    /// Two threads ask at once.
    private static HikariDataSource pool(Database database) {
        var pool = new HikariDataSource();
        pool.setDataSource(database.dataSource());
        pool.setMaximumPoolSize(2);
        return pool;
    }

    /// Those in the data folder, as they are served.
    private Optional<Tiles> tiles() {
        var folder = database.data().resolve("log");
        return Files.isDirectory(folder) ? Optional.of(new FileTiles(folder)) : Optional.empty();
    }

    private Audit.Signed signed(PrintWriter out) {
        var key = LogKey.fileIn(database.data().resolve("keys"));
        if (!Files.exists(key)) {
            out.println("no key in " + key + ": what was signed last is not compared");
            return new Audit.Signed(Optional.empty(), List.of(), List.of());
        }
        return signedBy(key, WitnessFile.read(database.data()));
    }

    /// @param witnesses who is known to cosign
    static Audit.Signed signedBy(Path keyFile, Trust witnesses) {
        return new Audit.Signed(
                Optional.of(KeyFile.lastSigned(keyFile)),
                LogKey.everyKey(keyFile),
                List.copyOf(witnesses.witnesses().values()));
    }

    /// An audit of this database, with fresh machines.
    ///
    /// @param dataSource that keeps its connections: an audit asks often
    static Audit of(
            DataSource dataSource, Audit.Signed signed, Optional<Tiles> tiles, LongConsumer told) {
        var codec = new OutcomeCodec(Stream.of()); // it decodes no answers
        var journal = new JdbcJournal(dataSource, codec, Books.tables());
        return new Audit(dataSource, new Books(), journal, signed, tiles, told);
    }

    static void print(PrintWriter out, Audit.Report report) {
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
