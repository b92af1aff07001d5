package org.wattmark.server.metering;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.server.CommandFailed;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Visibility;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// `wattmark import`: sends a file of readings to a running server.
@Command(
        name = "import",
        description = {
            "Sends a file of a device's readings to a running server: CSV, XLSX, or Green Button"
                    + " XML, told by its name.",
            "Good rows are stored, bad rows are printed with their line. It is atomic per batch and"
                    + " resumable: sending the file again stores nothing twice.",
            "With --undo, takes back what one import has stored, as long as nothing rests on it.",
            "Exit code 3: some rows were not stored."
        },
        mixinStandardHelpOptions = true)
public final class ImportReadings implements Callable<Integer> {

    private static final int SOME_ROWS_NOT_STORED = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A file of the largest size is some hundred batches, each with a commit of its own.
    private static final Duration LONGEST_IMPORT = Duration.ofMinutes(5);

    private static final JsonMapper JSON = JsonMapper.shared();

    @ArgGroup(multiplicity = "1")
    private Wish wish;

    /// What to do: one of both.
    private static final class Wish {

        @ArgGroup(exclusive = false)
        private @Nullable Source source;

        @Option(
                names = "--undo",
                paramLabel = "IMPORT",
                description = "Take back the import of this id, which was printed with it.")
        private @Nullable UUID undo;
    }

    /// A file, and of which device it is.
    private static final class Source {

        @Parameters(
                paramLabel = "FILE",
                description =
                        "A table whose header is such as interval_start,watt_hours, or whose"
                                + " columns are named by --time and --value; or a Green Button"
                                + " file.")
        private Path file;

        @Option(names = "--device", required = true, description = "The device's id.")
        private UUID device;

        @SuppressWarnings("NullAway.Init") // picocli sets the fields
        Source() {}

        String mediaType() {
            var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
            if (name.endsWith(".xlsx")) {
                return ImportFiles.XLSX;
            }
            return name.endsWith(".xml") ? ImportFiles.XML : ImportFiles.CSV;
        }
    }

    @Option(
            names = "--url",
            description = "The server. Default: ${DEFAULT-VALUE}",
            defaultValue = "http://localhost:8080")
    private URI server;

    @Option(
            names = "--channel",
            description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}",
            defaultValue = "GENERATION")
    private Channel channel;

    @Option(
            names = "--zone",
            description = "For times without an offset: a time zone such as Europe/Berlin.")
    private @Nullable String zone;

    @Option(names = "--dry-run", description = "Say what would come of it, and store nothing.")
    private boolean dryRun;

    @Mixin private ImportColumns columns = new ImportColumns();

    @Option(
            names = "--token",
            description =
                    "An access token. The variable WATTMARK_TOKEN keeps it out of the process"
                            + " list.",
            defaultValue = "${env:WATTMARK_TOKEN}",
            showDefaultValue = Visibility.NEVER)
    private @Nullable String token;

    @Spec private CommandSpec spec;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before it calls the command
    ImportReadings() {}

    @Override
    public Integer call() {
        if (token == null || token.isBlank()) {
            throw new CommandFailed("an access token is needed: --token, or WATTMARK_TOKEN");
        }
        var out = spec.commandLine().getOut();
        var undo = wish.undo;
        int code = undo == null ? importFile(out, token, requireSource()) : undo(out, token, undo);
        out.flush();
        return code;
    }

    /// One of both is there: picocli sees to it.
    private Source requireSource() {
        return Objects.requireNonNull(wish.source);
    }

    private int importFile(PrintWriter out, String bearer, Source source) {
        var answer = send(bearer, fileOf(source));
        var body = json(answer);
        if (body.path("dry_run").asBoolean()) {
            out.println("A dry run: nothing was stored.");
        }
        return answer.statusCode() < 300 ? imported(out, body) : refused(out, body);
    }

    /// The import's id is also the key of its undoing: asked twice, it is done once.
    private int undo(PrintWriter out, String bearer, UUID id) {
        var answer =
                send(
                        bearer,
                        HttpRequest.newBuilder(at("/api/v1/imports/" + id + "/undo"))
                                .header("Idempotency-Key", "undo-" + id)
                                .POST(HttpRequest.BodyPublishers.noBody()));
        var body = json(answer);
        if (answer.statusCode() >= 300) {
            return refused(out, body);
        }
        out.println("undone         " + id);
        out.println("What it stored counts no more; another file can be imported for its time.");
        return 0;
    }

    private HttpRequest.Builder fileOf(Source source) {
        try {
            return HttpRequest.newBuilder(target(source))
                    .header("Content-Type", source.mediaType())
                    .POST(HttpRequest.BodyPublishers.ofFile(source.file));
        } catch (FileNotFoundException e) {
            throw new CommandFailed("cannot read " + source.file);
        }
    }

    private HttpResponse<String> send(String bearer, HttpRequest.Builder request) {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            return http.send(
                    request.timeout(LONGEST_IMPORT)
                            .header("Authorization", "Bearer " + bearer)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailed("cannot reach " + server + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; send it again, nothing is done twice");
        }
    }

    private URI target(Source source) {
        var query =
                "?channel="
                        + channel
                        + (zone == null ? "" : "&zone=" + encoded(zone))
                        + (dryRun ? "&dry_run=true" : "")
                        + columns.query();
        return at("/api/v1/devices/" + source.device + "/imports" + query);
    }

    private URI at(String path) {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        return URI.create(server.toString().replaceAll("/+$", "") + path);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode json(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            throw new CommandFailed(server + " answers " + answer.statusCode() + ", not JSON");
        }
    }

    private static int imported(PrintWriter out, JsonNode body) {
        if (body.hasNonNull("import_id")) {
            out.println("import         " + body.path("import_id").asString());
        }
        out.println("accepted       " + count(body, "accepted"));
        out.println("rejected       " + count(body, "rejected"));
        out.println("bad rows       " + count(body, "bad_rows"));
        out.println("already known  " + count(body, "already_known"));
        out.println("contradicting  " + count(body, "contradicting"));
        out.println("in the future  " + count(body, "in_future"));
        for (var error : body.path("errors")) {
            out.printf(
                    "line %d, %s '%s': %s%n",
                    error.path("line").asLong(),
                    error.path("column").asString(),
                    error.path("value").asString(),
                    error.path("remedy").asString());
        }
        for (var finding : body.path("findings")) {
            out.println(finding.path("explanation").asString());
        }
        for (var start : body.path("contradicting_starts")) {
            out.println(start.asString() + ": another number is stored, and stays");
        }
        for (var batch : body.path("batches")) {
            out.printf(
                    "batch %d: receipt %d %s%n",
                    batch.path("sequence").asLong(),
                    batch.path("receipt").path("sequence").asLong(),
                    batch.path("receipt").path("leaf_hash").asString());
        }
        boolean complete = body.path("complete").asBoolean();
        if (!complete) {
            out.println("Another batch of the device came in between: send the file again.");
        }
        long left =
                count(body, "rejected")
                        + count(body, "bad_rows")
                        + count(body, "contradicting")
                        + count(body, "in_future");
        return left == 0 && complete ? 0 : SOME_ROWS_NOT_STORED;
    }

    private static long count(JsonNode body, String field) {
        return body.path(field).asLong();
    }

    private static int refused(PrintWriter out, JsonNode problem) {
        for (var fault : problem.path("errors")) {
            out.println(fault.path("pointer").asString() + ": " + fault.path("message").asString());
        }
        out.flush();
        throw new CommandFailed(
                problem.path("detail").asString() + " (" + problem.path("code").asString() + ")");
    }
}
