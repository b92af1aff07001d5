package org.wattmark.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.wattmark.server.problem.Problem;

/// Who may come in at all, and how the others are refused. What each may ask for says the endpoint
/// table.
final class Access {

    /// What anyone may read under `/api`: it is public so that claims can be checked.
    private static final String[] PUBLIC = {
        "/api/v1/certificates/**", "/api/v1/factors/**", "/api/v1/public/**", "/api/marketplace/"
    };

    /// Scripts and styles of ours only. The API page sets styles in its elements.
    private static final String CONTENT_SECURITY_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
                    + " img-src 'self' data:; font-src 'self'; connect-src 'self';"
                    + " form-action 'self' http://127.0.0.1:*; base-uri 'none';"
                    + " frame-ancestors 'none'";

    /// Where those come in who have no account or no token yet.
    private static final String[] OPEN_DOORS = {
        "/api/v1/sign-ups",
        "/api/v1/invitation-acceptances",
        "/api/token/",
        "/api/token/blacklist/",
        "/api/token/refresh/"
    };

    private Access() {}

    private static boolean isThere(@Nullable Authentication authentication) {
        return authentication != null && authentication.isAuthenticated();
    }

    static void ofApi(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry
                    requests) {
        requests.requestMatchers("/actuator/**")
                .hasRole(Role.OPERATOR.name())
                .requestMatchers(HttpMethod.GET, PUBLIC)
                .permitAll()
                .requestMatchers(HttpMethod.HEAD, PUBLIC)
                .permitAll()
                .requestMatchers(HttpMethod.POST, OPEN_DOORS)
                .permitAll()
                .anyRequest()
                .access((authentication, context) -> {
                    var method = context.getRequest().getMethod();
                    boolean reading = method.equals("GET") || method.equals("HEAD");
                    return new AuthorizationDecision(
                            isThere(authentication.get())
                                    && Scopes.coverSome(Scopes.of(authentication.get()), reading));
                });
    }

    static void headers(HeadersConfigurer<HttpSecurity> headers) {
        headers.contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT_SECURITY_POLICY))
                .frameOptions(HeadersConfigurer.FrameOptionsConfig::deny)
                .contentTypeOptions(Customizer.withDefaults())
                .crossOriginOpenerPolicy(Customizer.withDefaults())
                .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.NO_REFERRER));
    }

    /// 401: nobody is there, or with a token that does not count. The reason is not given away.
    static void refuseStranger(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        boolean presented = e instanceof OAuth2AuthenticationException;
        var problem =
                presented
                        ? Problem.of(
                                HttpStatus.UNAUTHORIZED,
                                "token_invalid",
                                "The access token is forged, expired or of another kind.")
                        : Problem.of(
                                HttpStatus.UNAUTHORIZED,
                                "token_missing",
                                "This needs an access token: Authorization: Bearer …");
        // RFC 6750 (3): the error is named only to who presented a token.
        response.setHeader(
                HttpHeaders.WWW_AUTHENTICATE,
                presented ? "Bearer error=\"invalid_token\"" : "Bearer");
        problem.writeTo(response);
    }

    /// 403: the one who is there may not.
    static void refuse(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        Problem.of(HttpStatus.FORBIDDEN, "forbidden", "The token does not allow this.")
                .writeTo(response);
    }
}
