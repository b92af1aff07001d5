package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.regex.Pattern;
import org.wattmark.server.secrets.RandomSecret;
import org.wattmark.units.Sha256;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Signs one person in as a browser would: authorization code with PKCE (RFC 7636), page by page.
public final class SignIn {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
    private static final Pattern CODE = Pattern.compile("[?&]code=([^&]+)");

    private final HttpClient browser =
            HttpClient.newBuilder()
                    .cookieHandler(new CookieManager())
                    .followRedirects(HttpClient.Redirect.NEVER)
                    .build();
    private final String server;
    private final String verifier = RandomSecret.make();

    public SignIn(int port) {
        this(URI.create("http://localhost:" + port));
    }

    public SignIn(URI server) {
        this.server = server.toString();
    }

    public String accessToken(String email, String password) {
        return tokens(code(email, password), verifier).get("access_token").asString();
    }

    /// Walks from the authorization request over the form to the redirect with the code.
    String code(String email, String password) {
        var asked = get(authorize(challenge()));
        require(location(asked).endsWith("/login"), "the server asks nobody to sign in");

        var back = submit(email, password);
        require(!location(back).contains("?error"), "address or password is wrong");

        var granted = get(URI.create(server).resolve(location(back)).toString());
        var code = CODE.matcher(location(granted));
        require(
                location(granted).startsWith(SignInClient.LOOPBACK_REDIRECT) && code.find(),
                "no code came back");
        return code.group(1);
    }

    HttpResponse<String> submit(String email, String password) {
        var csrf = CSRF.matcher(get(server + "/login").body());
        require(csrf.find(), "the sign-in page has no form");
        return submit(email, password, csrf.group(1));
    }

    HttpResponse<String> submit(String email, String password, String csrf) {
        return post(
                "/login",
                form("username", email)
                        + "&"
                        + form("password", password)
                        + "&"
                        + form("_csrf", csrf));
    }

    JsonNode tokens(String code, String proof) {
        var answer = exchange(code, proof);
        require(answer.statusCode() == 200, answer.body());
        return JsonMapper.shared().readTree(answer.body());
    }

    HttpResponse<String> exchange(String code, String proof) {
        return post(
                "/oauth2/token",
                form("grant_type", "authorization_code")
                        + "&"
                        + form("code", code)
                        + "&"
                        + form("client_id", SignInClient.ID)
                        + "&"
                        + form("redirect_uri", SignInClient.LOOPBACK_REDIRECT)
                        + "&"
                        + form("code_verifier", proof));
    }

    String verifier() {
        return verifier;
    }

    String authorize(String challenge) {
        return server
                + "/oauth2/authorize?response_type=code&"
                + form("client_id", SignInClient.ID)
                + "&"
                + form("redirect_uri", SignInClient.LOOPBACK_REDIRECT)
                + "&"
                + form("scope", "openid read write")
                + "&state=s"
                + challenge;
    }

    private String challenge() {
        var hash = Sha256.of(verifier.getBytes(UTF_8));
        return "&code_challenge_method=S256&code_challenge="
                + Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
    }

    HttpResponse<String> get(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).header("Accept", "text/html").GET());
    }

    private HttpResponse<String> post(String path, String form) {
        return send(
                HttpRequest.newBuilder(URI.create(server + path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return browser.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    static String location(HttpResponse<String> answer) {
        return answer.headers()
                .firstValue("Location")
                .orElseThrow(() ->
                        new IllegalStateException(
                                "expected a redirect, got " + answer.statusCode()));
    }

    private static void require(boolean fulfilled, String otherwise) {
        if (!fulfilled) {
            throw new IllegalStateException("signing in failed: " + otherwise);
        }
    }

    private static String form(String name, String value) {
        return name + "=" + URLEncoder.encode(value, UTF_8);
    }
}
