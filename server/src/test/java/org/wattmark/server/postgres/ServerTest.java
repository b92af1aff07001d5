package org.wattmark.server.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.ContextConfiguration;
import org.springframework.util.FileSystemUtils;
import org.wattmark.server.Server;
import org.wattmark.server.security.Members;
import org.wattmark.server.security.Role;
import org.wattmark.server.security.SignIn;
import org.wattmark.server.settings.ServerSettings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// A test of the whole server over real HTTP, on a real database.
///
/// All such tests of a run share one Spring context, one port and one database, so a test makes the
/// organisations and things that it needs, under fresh ids, and counts only those. Adding Spring
/// annotations to a subclass would start a second context: don't.
@SpringBootTest(classes = Server.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@ContextConfiguration(initializers = ServerTest.OnTestPostgres.class)
public abstract class ServerTest {

    /// What tokens name as their issuer; nothing needs to be reachable there.
    protected static final String BASE_URL = "http://wattmark.test";

    private static final JsonMapper JSON = JsonMapper.shared();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort protected int port;

    @Autowired protected JdbcClient jdbc;

    @Autowired protected Members members;

    @SuppressWarnings("NullAway.Init") // Spring sets the fields before each test
    protected ServerTest() {}

    /// Starts a request to this server: `request("/api/v1/projects").GET()`.
    protected final HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
    }

    /// Starts a request with an access token: `request("/api/v1/me", token).GET()`.
    protected final HttpRequest.Builder request(String path, String token) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    /// Completes a request with a JSON body: `json(request(path, token), "PUT", "{}")`.
    protected static HttpRequest.Builder json(
            HttpRequest.Builder request, String method, String body) {
        return request.header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }

    /// The access token of a new machine, of a new organisation, with these roles.
    protected final String tokenFor(Role... roles) {
        var organisation = newOrganisation(roles.length == 0 ? Role.BUYER : roles[0]);
        return tokenOf(members.addMachine(organisation, "test", Set.of(roles)));
    }

    protected final UUID newOrganisation(Role kind) {
        return members.organisation("Test " + UUID.randomUUID(), "GB", kind);
    }

    /// Asks for a token with client credentials, as RFC 6749 (4.4) says.
    protected final String tokenOf(Members.Credentials machine) {
        var answer =
                send(tokenRequest(machine, "grant_type=client_credentials&scope=read%20write"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body()).get("access_token").asString();
    }

    protected final HttpRequest.Builder tokenRequest(Members.Credentials client, String form) {
        var basic = client.clientId() + ":" + client.secret();
        return request("/oauth2/token")
                .header(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString(basic.getBytes(UTF_8)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
    }

    /// The access token of a person, who signs in on the page as a browser would.
    protected final String tokenOf(String email, String password) {
        return new SignIn(port).accessToken(email, password);
    }

    protected static JsonNode bodyOf(HttpResponse<String> answer) {
        return JSON.readTree(answer.body());
    }

    protected static HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /// Without waiting for the body, which may be a stream that never ends.
    protected static int statusOf(HttpRequest.Builder request) {
        try {
            var answer = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            answer.body().close();
            return answer.statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static final class OnTestPostgres
            implements ApplicationContextInitializer<GenericApplicationContext> {

        @Override
        public void initialize(GenericApplicationContext context) {
            var data = Path.of("target", "server-data-" + ProcessHandle.current().pid());
            try {
                FileSystemUtils.deleteRecursively(data);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            var open = OpenDatabase.at(TestPostgres.freshDatabase());
            var settings = new ServerSettings(data, URI.create(BASE_URL));
            // All tests come from one network address.
            context.getEnvironment()
                    .getPropertySources()
                    .addFirst(
                            new MapPropertySource(
                                    "tests", Map.of("wattmark.open-doors.per-minute", 1_000_000)));
            context.getBeanFactory().addBeanPostProcessor(new OneConnectionEach());
            Server.on(open, settings).initialize(context);
        }
    }
}
