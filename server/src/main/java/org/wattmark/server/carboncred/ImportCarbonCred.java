package org.wattmark.server.carboncred;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.carboncred.CarbonCredDatabase.Content;
import org.wattmark.server.carboncred.ImportedHolding.Status;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `wattmark import-carboncred`: checks a CarbonCred database, and writes down what its users had.
@Command(
        name = "import-carboncred",
        description = {
            "Checks the hash chain of a CarbonCred database (a file of SQLite) and sends what its"
                    + " users had to a running server, as self-declared (T0) history.",
            "Nothing is issued for it: no balance, no allocation, no certificate. Sending the same"
                    + " file again changes nothing."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:imported, or was imported before; with --dry-run: it could be",
            "1:it cannot be read or sent",
            "3:with --strict: the chain breaks, and nothing was sent"
        })
public final class ImportCarbonCred implements Callable<Integer> {

    private static final int CHAIN_BREAKS = 3;

    /// How many breaks are printed; the others are counted.
    private static final int PRINTED = 10;

    @Parameters(paramLabel = "FILE", description = "The database, for example db.sqlite3.")
    private Path file;

    @Option(names = "--dry-run", description = "Checks and counts, and sends nothing.")
    private boolean dryRun;

    @Option(names = "--strict", description = "Sends nothing if the chain breaks anywhere.")
    private boolean strict;

    @Option(
            names = "--organisation",
            paramLabel = "USER=UUID",
            description =
                    "Which organisation of this registry a user of CarbonCred is, so that it sees"
                            + " its history. May be given for many.")
    private Map<String, UUID> organisations = Map.of();

    @Option(
            names = "--table",
            paramLabel = "NAME",
            description = "The table of the hash ledger. Default: one that ends in hashledgerentry")
    private @Nullable String table;

    @Option(
            names = "--url",
            description = "The server. Default: ${DEFAULT-VALUE}",
            defaultValue = "http://localhost:8080")
    private URI server;

    @Option(
            names = "--token",
            description =
                    "An access token of an operator. The variable WATTMARK_TOKEN keeps it out of"
                            + " the process list.",
            defaultValue = "${env:WATTMARK_TOKEN}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String token;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    ImportCarbonCred() {}

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        try {
            var content =
                    new CarbonCredDatabase(file, Optional.ofNullable(table))
                            .read(organisations, rows -> say(out, rows + " rows"));
            print(out, content);
            if (strict && !content.chain().isWhole()) {
                say(out, "the chain breaks, and --strict was asked for: nothing is sent");
                return CHAIN_BREAKS;
            }
            if (dryRun) {
                say(out, "dry run: nothing is sent");
                return 0;
            }
            send(out, content);
            return 0;
        } finally {
            out.flush();
        }
    }

    private static void say(PrintWriter out, String line) {
        out.println(line);
        out.flush();
    }

    private void print(PrintWriter out, Content content) {
        var chain = content.chain();
        out.println("file        " + file);
        out.println("sha256      " + content.sha256().hex());
        out.println("ledger      %s, %d rows".formatted(content.table(), chain.entries()));
        out.println("head        " + (chain.head().isEmpty() ? "-" : chain.head()));
        out.println(
                chain.isWhole()
                        ? "chain       whole; nobody signed it, so it proves no more than that"
                        : "chain       BREAKS FIRST AT ROW %d, %d times in all"
                                .formatted(chain.firstBreak(), chain.breaks()));
        content.breaks().stream().limit(PRINTED).forEach(it -> out.println("  " + it));
        out.println("credits     %d of 1 kg CO2e".formatted(content.holdings().size()));
        for (var status : Status.values()) {
            long count = content.holdings().stream().filter(it -> it.status() == status).count();
            out.println("  %-9s %d".formatted(status, count));
        }
        if (content.unreadable() > 0) {
            out.println("left out    %d rows name no credit".formatted(content.unreadable()));
        }
        out.flush();
    }

    private void send(PrintWriter out, Content content) {
        if (token == null || token.isBlank()) {
            throw new CommandFailed("an access token is needed: --token, or WATTMARK_TOKEN");
        }
        var holdings = content.holdings();
        int pages = Math.max(1, Math.ceilDiv(holdings.size(), HistoryImported.PAGE));
        try (var history = new RemoteHistory(server, token)) {
            for (int page = 1; page <= pages; page++) {
                int from = (page - 1) * HistoryImported.PAGE;
                int to = Math.min(holdings.size(), from + HistoryImported.PAGE);
                long sequence =
                        history.send(
                                new HistoryImported(
                                        content.sha256(),
                                        content.chain(),
                                        page,
                                        pages,
                                        holdings.subList(from, to)));
                say(out, "page %d of %d is entry %d".formatted(page, pages, sequence));
            }
        }
        say(out, "recorded as T0 history: nothing was issued for it");
    }
}
