package org.wattmark.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.wattmark.server.problem.Problem;

/// Passkeys come and go only in a session that was signed in to within minutes; and, once there is
/// one, by a passkey or a recovery code: a stolen password must not add the thief's passkey.
///
/// It is a filter and no rule of authorization, because Spring Security's own filters for passkeys
/// answer before those rules are asked. They refuse who is not signed in at all.
final class PasskeyChange extends OncePerRequestFilter {

    private static final Set<String> STRONG =
            Set.of(FactorGrantedAuthority.WEBAUTHN_AUTHORITY, Factors.RECOVERY_CODE);

    private final Actors actors;
    private final InstantSource clock;

    PasskeyChange(Actors actors, InstantSource clock) {
        this.actors = actors;
        this.clock = clock;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !request.getServletPath().startsWith("/webauthn/register");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var signedIn = SecurityContextHolder.getContext().getAuthentication();
        if (signedIn == null || isEnough(signedIn)) {
            chain.doFilter(request, response);
            return;
        }
        Problem.of(
                        HttpStatus.FORBIDDEN,
                        "sign_in_again",
                        "To change passkeys, sign in again: with a passkey or a recovery code, if"
                                + " you have a passkey.")
                .writeTo(response);
    }

    private boolean isEnough(Authentication signedIn) {
        var since = clock.instant().minus(Actors.RECENT);
        var recent =
                SignInStrength.factors(signedIn).stream()
                        .filter(factor -> factor.getIssuedAt().isAfter(since))
                        .toList();
        boolean strong = recent.stream().anyMatch(factor -> STRONG.contains(factor.getAuthority()));
        return strong || (!recent.isEmpty() && !actors.hasPasskey(signedIn.getName()));
    }
}
