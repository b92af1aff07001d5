package org.wattmark.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.wattmark.registry.Certificate;
import org.wattmark.registry.ClaimGuard;
import org.wattmark.server.certificates.StatusList;
import org.wattmark.units.Canonical;
import picocli.CommandLine.Option;

/// Whether an authentic certificate still stands, by a signed status list: a file, or fetched.
final class StatusCheck {

    static final int STANDS = 0;
    static final int NOT_AUTHENTIC = 1;
    static final int REVOKED = 2;
    static final int UNTRUSTED = 3;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// A list has 24 kB at the most.
    private static final int MOST_BYTES = 256 * 1_024;

    @Option(
            names = "--status",
            paramLabel = "LIST",
            description = "A signed status list, to say whether the certificate still stands.")
    private @Nullable Path file;

    @Option(
            names = "--online",
            paramLabel = "URL",
            description = "Fetches that list from the server at URL, which must be the issuer's.")
    private @Nullable URI server;

    StatusCheck() {}

    /// Says how it stands.
    ///
    /// @param issuers whom the reader trusts, by their keys
    int report(
            PrintWriter out,
            Certificate certificate,
            Map<String, String> issuers,
            InstantSource clock)
            throws IOException, Canonical.Malformed {
        long sequence = certificate.proof().index();
        var list = list(StatusList.numberFor(sequence));
        if (list == null) {
            out.println("status since then: unknown offline");
            return STANDS;
        }
        try {
            var given = StatusList.read(list, issuers);
            var origin = certificate.proof().checkpoint().checkpoint().origin();
            var standing = given.of(origin, sequence, certificate.statement().at());
            var age = Duration.between(given.made(), clock.instant());
            out.printf(
                    "%s as of %s, %s ago%s%n",
                    words(standing),
                    given.made(),
                    words(age),
                    clock.instant().isAfter(given.expires()) ? ": OLD, fetch a newer list" : "");
            return standing == ClaimGuard.Standing.VALID ? STANDS : REVOKED;
        } catch (StatusList.Untrusted e) {
            out.println("STATUS UNKNOWN: the list is signed by " + e.getMessage());
            out.println("Pin the issuer's key once with: wattmark keys trust URL");
            return UNTRUSTED;
        } catch (Canonical.Malformed e) {
            out.println("STATUS UNKNOWN: the status list does not count: " + e.getMessage());
            return NOT_AUTHENTIC;
        }
    }

    private static String words(ClaimGuard.Standing standing) {
        return switch (standing) {
            case VALID -> "status: valid";
            case SUSPENDED -> "SUSPENDED";
            case RECALLED, REVERSED -> "REVOKED (recalled or reversed)";
        };
    }

    /// Roughly, and never nothing.
    private static String words(Duration age) {
        if (age.toHours() >= 48) {
            return age.toDays() + " days";
        }
        if (age.toMinutes() >= 120) {
            return age.toHours() + " hours";
        }
        return age.toSeconds() >= 120 ? age.toMinutes() + " minutes" : age.toSeconds() + " seconds";
    }

    private byte @Nullable [] list(long number) throws IOException {
        if (file != null && server != null) {
            throw new CommandFailed("--status or --online, not both");
        }
        if (file != null) {
            return Files.readAllBytes(file);
        }
        return server == null ? null : fetch(server, number);
    }

    private static byte[] fetch(URI server, long number) {
        var address =
                server.toString().replaceAll("/+$", "") + "/api/v1/public/status-lists/" + number;
        try (var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE).build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofInputStream());
            try (var body = answer.body()) {
                if (answer.statusCode() != 200) {
                    throw new CommandFailed(address + " answers " + answer.statusCode());
                }
                return body.readNBytes(MOST_BYTES);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot reach " + address + ": " + e, e);
        } catch (IllegalArgumentException e) {
            throw new CommandFailed("not the URL of a server: " + server);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted");
        }
    }
}
