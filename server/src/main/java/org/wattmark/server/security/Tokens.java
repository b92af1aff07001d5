package org.wattmark.server.security;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/// Writes into each access token who acts, for which organisation and with which roles.
///
/// Both are read as the token is made, so a refreshed token carries the roles of that hour.
final class Tokens implements OAuth2TokenCustomizer<JwtEncodingContext> {

    private final Members members;
    private final String audience;

    Tokens(Members members, String audience) {
        this.members = members;
        this.audience = audience;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        // Without this line the encoder asks for an RSA key, and there is none.
        context.getJwsHeader().algorithm(SignatureAlgorithm.ES256);
        if (!OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            return;
        }
        if (AuthorizationGrantType.CLIENT_CREDENTIALS.equals(context.getAuthorizationGrantType())) {
            var machine =
                    members.machine(context.getRegisteredClient().getClientId())
                            .orElseThrow(Tokens::actsForNobody);
            write(context, Actor.Kind.MACHINE, machine.organisation(), machine.roles());
        } else {
            var signedIn = Objects.requireNonNull(context.<Authentication>getPrincipal());
            var person =
                    members.person(UUID.fromString(signedIn.getName()))
                            .orElseThrow(Tokens::actsForNobody);
            write(context, Actor.Kind.PERSON, person.organisation(), person.roles());
            writeSignIn(context, signedIn);
        }
    }

    private void write(
            JwtEncodingContext context, Actor.Kind kind, UUID organisation, Set<Role> roles) {
        context.getClaims()
                .audience(stored(List.of(audience)))
                .claim(Claims.TOKEN_TYPE, Claims.ACCESS)
                .claim(Claims.KIND, kind.name())
                .claim(Claims.ORGANISATION, organisation.toString())
                .claim(Claims.ROLES, stored(roles.stream().map(Role::name).sorted().toList()));
    }

    /// When and how the person signed in, for what asks for a recent sign-in (RFC 9470, 6.1).
    private static void writeSignIn(JwtEncodingContext context, Authentication signedIn) {
        var factors = SignInStrength.factors(signedIn);
        factors.stream()
                .map(FactorGrantedAuthority::getIssuedAt)
                .max(Comparator.naturalOrder())
                .ifPresent(latest -> {
                    context.getClaims()
                            .claim(Claims.SIGNED_IN_AT, Date.from(latest))
                            .claim(Claims.METHODS, stored(Factors.recent(factors, latest)));
                });
    }

    /// The authorization store reads its rows back into the plain collections of the JDK only.
    private static List<String> stored(List<String> claim) {
        return new ArrayList<>(claim);
    }

    private static OAuth2AuthenticationException actsForNobody() {
        return new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_GRANT);
    }
}
