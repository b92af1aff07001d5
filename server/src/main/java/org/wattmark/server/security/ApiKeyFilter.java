package org.wattmark.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.server.resource.web.BearerTokenResolver;
import org.springframework.security.oauth2.server.resource.web.DefaultBearerTokenResolver;
import org.springframework.web.filter.OncePerRequestFilter;
import org.wattmark.server.problem.Problem;

/// Takes `Authorization: Bearer wm_live_…` for what it is: a key, not an access token. It counts
/// how often each key asks, and says so in each answer.
final class ApiKeyFilter extends OncePerRequestFilter {

    private static final String BEARER = "bearer ";

    private final ApiKeys keys;
    private final RateLimits limits;

    ApiKeyFilter(ApiKeys keys, RateLimits limits) {
        this.keys = keys;
        this.limits = limits;
    }

    /// Access tokens are everything that is no key.
    static BearerTokenResolver tokensOnly() {
        var tokens = new DefaultBearerTokenResolver();
        return request ->
                key(request).isPresent() || asksForTokens(request) ? null : tokens.resolve(request);
    }

    /// A client that refreshes may send its expired token along: nobody looks at it there.
    private static boolean asksForTokens(HttpServletRequest request) {
        return request.getServletPath().startsWith("/api/token/");
    }

    private static Optional<String> key(HttpServletRequest request) {
        @Nullable String header = request.getHeader(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            return Optional.empty();
        }
        return Optional.of(header.substring(BEARER.length()).strip()).filter(KeyText::looksLikeOne);
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var presented = key(request);
        if (presented.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        var text = presented.get();
        if (!KeyText.isWhole(text)) {
            refuse(
                    response,
                    "key_mistyped",
                    "This is no whole API key: its checksum is wrong. A character was lost or"
                            + " mistyped; copy it again.");
            return;
        }
        var authentication = keys.find(text);
        if (authentication.isEmpty()) {
            refuse(response, "key_invalid", "The API key is unknown, expired or revoked.");
            return;
        }
        var known = authentication.get();
        var taken = limits.take(known.key(), known.plan());
        taken.writeTo(response);
        if (!taken.isAllowed()) {
            taken.problem().writeTo(response);
            return;
        }
        var context = SecurityContextHolder.createEmptyContext();
        context.setAuthentication(known);
        SecurityContextHolder.setContext(context);
        chain.doFilter(request, response);
    }

    private static void refuse(HttpServletResponse response, String code, String detail)
            throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        Problem.of(HttpStatus.UNAUTHORIZED, code, detail).writeTo(response);
    }
}
