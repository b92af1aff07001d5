package org.wattmark.server.log;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.wattmark.server.CommandFailed;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Whose status lists a reader believes: lines `# issuer <did> <key>` of the trust file. They are
/// comments to every other program that reads C2SP `tlog-policy`, and say nothing of the log.
public final class IssuerPins {

    private static final Pattern LINE =
            Pattern.compile(
                    "# issuer (did:web:[A-Za-z0-9.%:_-]+) (z6Mk[1-9A-HJ-NP-Za-km-z]{40,48})");

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A DID document has some 700 bytes.
    private static final int MOST_BYTES = 64 * 1_024;

    private IssuerPins() {}

    /// The issuers by their keys.
    public static Map<String, String> read(String trustFile) {
        var issuers = new LinkedHashMap<String, String>();
        trustFile
                .lines()
                .map(LINE::matcher)
                .filter(it -> it.matches())
                .forEach(it -> issuers.put(it.group(2), it.group(1)));
        return issuers;
    }

    /// Adds the issuer that the server at this address shows, unless the file has it. What a person
    /// once pinned is never replaced.
    ///
    /// @param successor whether a key may join one that is pinned
    /// @return what to tell
    static String pin(Path file, URI server, boolean successor) {
        Map<String, String> shown;
        try {
            shown = fetch(server);
            var before = Files.readString(file);
            var pinned = read(before);
            var fresh = new LinkedHashMap<>(shown);
            fresh.keySet().removeAll(pinned.keySet());
            if (shown.isEmpty()) {
                return "issuer       none is shown: status lists cannot be checked";
            }
            if (fresh.isEmpty()) {
                return "issuer       " + name(shown) + ", pinned already";
            }
            boolean isKnown = fresh.values().stream().anyMatch(pinned.values()::contains);
            if (isKnown && !successor) {
                return "issuer       "
                        + name(shown)
                        + " shows a key that is not pinned; once you have compared it, add it with"
                        + " --successor";
            }
            Files.writeString(file, lines(before, fresh), StandardOpenOption.APPEND);
            return "issuer       " + name(shown) + ", pinned for status lists";
        } catch (IOException e) {
            throw new UncheckedIOException("cannot pin the issuer: " + e.getMessage(), e);
        }
    }

    private static String name(Map<String, String> shown) {
        var newest = shown.entrySet().iterator().next();
        return newest.getValue() + " " + newest.getKey();
    }

    private static String lines(String before, Map<String, String> issuers) {
        return (before.endsWith("\n") ? "" : "\n")
                + issuers.entrySet().stream()
                        .map(it -> "# issuer " + it.getValue() + " " + it.getKey() + "\n")
                        .collect(Collectors.joining());
    }

    /// Empty where there is no such document, as a mirror has none.
    private static Map<String, String> fetch(URI server) throws IOException {
        var address = URI.create(server.toString().replaceAll("/+$", "") + "/.well-known/did.json");
        var request = HttpRequest.newBuilder(address).timeout(PATIENCE).build();
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                return answer.statusCode() == 200 ? issuers(body.readNBytes(MOST_BYTES)) : Map.of();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static Map<String, String> issuers(byte[] document) {
        JsonNode json;
        try {
            json = JsonMapper.shared().readTree(document);
        } catch (JacksonException e) {
            throw new CommandFailed("what /.well-known/did.json answers is no DID document");
        }
        var did = json.path("id").asString("");
        var issuers = new LinkedHashMap<String, String>();
        for (var method : json.path("verificationMethod")) {
            var key = method.path("publicKeyMultibase").asString("");
            if (!LINE.matcher("# issuer " + did + " " + key).matches()) {
                throw new CommandFailed("what /.well-known/did.json answers is no DID document");
            }
            issuers.put(key, did);
        }
        return issuers;
    }
}
