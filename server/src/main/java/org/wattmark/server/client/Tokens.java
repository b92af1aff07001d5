package org.wattmark.server.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.wattmark.server.CommandFailed;
import org.wattmark.server.security.SignIn;
import org.wattmark.units.Bytes;

/// Where access tokens come from. They live for minutes, so a long run needs another now and then.
public interface Tokens {

    /// A token that is new.
    String next();

    /// Whether [#next] gives another one than before.
    default boolean canRenew() {
        return true;
    }

    /// One token, and no other.
    static Tokens fixed(String token) {
        return new Tokens() {
            @Override
            public String next() {
                return token;
            }

            @Override
            public boolean canRenew() {
                return false;
            }
        };
    }

    /// Of a person, who signs in as a browser would.
    static Tokens ofPerson(URI server, String email, String password) {
        return () -> {
            try {
                return new SignIn(server).accessToken(email, password);
            } catch (IllegalStateException e) {
                throw new CommandFailed(String.valueOf(e.getMessage()));
            } catch (UncheckedIOException e) {
                throw new CommandFailed("cannot reach " + server + ": " + e.getMessage());
            }
        };
    }

    /// Of a machine, by client credentials (RFC 6749, 4.4).
    static Tokens ofMachine(URI server, String clientId, String secret) {
        return () -> {
            var answer = token(server, clientId + ":" + secret);
            var token = answer.json().path("access_token").asString("");
            if (token.isEmpty()) {
                throw new CommandFailed(
                        "the client %s gets no token: %s %s"
                                .formatted(
                                        clientId,
                                        answer.status(),
                                        answer.json().path("error").asString("")));
            }
            return token;
        };
    }

    private static Answer token(URI server, String basic) {
        var credentials =
                Base64.getEncoder().encodeToString(basic.getBytes(StandardCharsets.UTF_8));
        var request =
                HttpRequest.newBuilder(RemoteServer.resolve(server, "/oauth2/token"))
                        .timeout(Duration.ofSeconds(30))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Authorization", "Basic " + credentials)
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "grant_type=client_credentials&scope=read%20write"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var answer = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return new Answer(answer.statusCode(), answer.headers(), Bytes.of(answer.body()));
        } catch (IOException e) {
            throw new CommandFailed("cannot reach " + server + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed("interrupted while it signed in");
        }
    }
}
