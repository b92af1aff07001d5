package org.wattmark.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.userdetails.User;
import org.springframework.web.filter.OncePerRequestFilter;

/// Before a token is asked for: a person whose sign-in is older than the client's `max_age` (OpenID
/// Connect Core, 3.1.2.1), or without the passkey that its `acr_values` asks for, signs in again.
///
/// However they did sign in, from here on they are a plain principal with its factors, which is
/// what the store of authorizations can write down and read again.
final class SignInStrength extends OncePerRequestFilter {

    /// A page later the sign-in is that old already.
    private static final Duration LEAST_AGE = Duration.ofSeconds(10);

    private static final Set<String> STRONG =
            Set.of(FactorGrantedAuthority.WEBAUTHN_AUTHORITY, Factors.RECOVERY_CODE);

    private final InstantSource clock;

    SignInStrength(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().equals("/oauth2/authorize");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn != null && signedIn.isAuthenticated()) {
            var context = SecurityContextHolder.createEmptyContext();
            if (isEnough(factors(signedIn), request)) {
                context.setAuthentication(plain(signedIn));
            }
            SecurityContextHolder.setContext(context);
        }
        chain.doFilter(request, response);
    }

    static List<FactorGrantedAuthority> factors(Authentication signedIn) {
        return signedIn.getAuthorities().stream()
                .filter(FactorGrantedAuthority.class::isInstance)
                .map(FactorGrantedAuthority.class::cast)
                .filter(factor -> Factors.METHODS.containsKey(factor.getAuthority()))
                .toList();
    }

    private boolean isEnough(List<FactorGrantedAuthority> factors, HttpServletRequest request) {
        var acr = request.getParameter("acr_values");
        boolean strong = acr != null && List.of(acr.split(" ")).contains(Claims.PHISHING_RESISTANT);
        var since = clock.instant().minus(maxAge(request.getParameter("max_age"), strong));
        return factors.stream()
                .filter(factor -> !strong || STRONG.contains(factor.getAuthority()))
                .map(FactorGrantedAuthority::getIssuedAt)
                .anyMatch(since::isBefore);
    }

    /// What cannot be read asks for nothing: the token says how old the sign-in is, and whoever
    /// needs a recent one looks.
    private static Duration maxAge(@Nullable String seconds, boolean strong) {
        if (seconds == null || !seconds.matches("\\d{1,9}")) {
            return strong ? Actors.RECENT : Duration.ofDays(365);
        }
        var asked = Duration.ofSeconds(Long.parseLong(seconds));
        return asked.compareTo(LEAST_AGE) < 0 ? LEAST_AGE : asked;
    }

    private static Authentication plain(Authentication signedIn) {
        var person = UUID.fromString(signedIn.getName());
        return UsernamePasswordAuthenticationToken.authenticated(
                User.withUsername(person.toString()).password("").authorities("ROLE_USER").build(),
                null,
                factors(signedIn));
    }
}
