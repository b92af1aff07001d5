package org.wattmark.server.security;

import io.swagger.v3.oas.annotations.Hidden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/// The page on which people sign in. It works without scripts.
@Hidden
@RestController
class Login {

    private static final String PAGE = read("/pages/login.html");

    private static final String PASSKEYS = read("/pages/passkeys.html");

    private static final String REFUSED =
            "<p class=\"error\" role=\"alert\">Address or password is wrong. After some wrong tries"
                    + " sign-in pauses for a while.</p>\n";

    private final List<String> providers;

    /// @param providers other places to sign in at, by their registration's id
    Login(List<String> providers) {
        this.providers = List.copyOf(providers);
    }

    @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
    String page(CsrfToken csrf, @RequestParam(required = false) @Nullable String error) {
        return PAGE.replace("{{error}}", error == null ? "" : REFUSED)
                .replace("{{csrf-name}}", HtmlUtils.htmlEscape(csrf.getParameterName()))
                .replace("{{csrf-token}}", HtmlUtils.htmlEscape(csrf.getToken()))
                .replace("{{providers}}", links());
    }

    private String links() {
        return providers.stream()
                .map(HtmlUtils::htmlEscape)
                .map(id ->
                        "<p><a href=\"/oauth2/authorization/%s\">Sign in with %s</a></p>\n"
                                .formatted(id, id))
                .collect(Collectors.joining());
    }

    /// The page on which people add passkeys.
    @GetMapping(path = "/passkeys", produces = MediaType.TEXT_HTML_VALUE)
    String passkeys(CsrfToken csrf) {
        return PASSKEYS.replace("{{csrf-token}}", HtmlUtils.htmlEscape(csrf.getToken()));
    }

    private static String read(String resource) {
        try (var stream = Objects.requireNonNull(Login.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
