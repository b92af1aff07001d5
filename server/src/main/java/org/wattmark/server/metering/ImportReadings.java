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
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.wattmark.metering.Channel;
import org.wattmark.server.CommandFailed;
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
            "Exit code 3: some rows were not stored."
        },
        mixinStandardHelpOptions = true)
public final class ImportReadings implements Callable<Integer> {

    private static final int SOME_ROWS_NOT_STORED = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /// A file of the largest size is some hundred batches, each with a commit of its own.
    private static final Duration LONGEST_IMPORT = Duration.ofMinutes(5);

    private static final JsonMapper JSON = JsonMapper.shared();

    @Parameters(
            paramLabel = "FILE",
            description =
                    "A table whose header is such as interval_start,watt_hours, or whose columns"
                            + " are named by --time and --value; or a Green Button file.")
    private Path file;

    @Option(names = "--device", required = true, description = "The device's id.")
    private UUID device;

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
        var answer = send(token);
        var body = json(answer);
        var out = spec.commandLine().getOut();
        if (body.path("dry_run").asBoolean()) {
            out.println("A dry run: nothing was stored.");
        }
        int code = answer.statusCode() < 300 ? imported(out, body) : refused(out, body);
        out.flush();
        return code;
    }

    private HttpResponse<String> send(String bearer) {
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request =
                    HttpRequest.newBuilder(target())
                            .timeout(LONGEST_IMPORT)
                            .header("Authorization", "Bearer " + bearer)
                            .header("Content-Type", mediaType())
                            .POST(HttpRequest.BodyPublishers.ofFile(file))
                            .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (FileNotFoundException e) {
            throw new CommandFailed("cannot read " + file);
        } catch (IOException e) {
            throw new CommandFailed("cannot reach " + server + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted; send the file again, nothing is stored twice");
        }
    }

    private URI target() {
        if (server.getHost() == null
                || !("https".equals(server.getScheme()) || "http".equals(server.getScheme()))) {
            throw new CommandFailed("not the URL of a server: " + server);
        }
        var query =
                "?channel="
                        + channel
                        + (zone == null ? "" : "&zone=" + encoded(zone))
                        + (dryRun ? "&dry_run=true" : "")
                        + columns.query();
        var base = server.toString().replaceAll("/+$", "");
        return URI.create(base + "/api/v1/devices/" + device + "/imports" + query);
    }

    private String mediaType() {
        var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".xlsx")) {
            return ImportFiles.XLSX;
        }
        return name.endsWith(".xml") ? ImportFiles.XML : ImportFiles.CSV;
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
