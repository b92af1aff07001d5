package org.wattmark.server.security;

import java.time.Duration;
import java.util.UUID;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.wattmark.server.settings.ServerSettings;

/// The public client `wattmark` with which people sign in, from our pages or a program of theirs.
///
/// It has no secret, because a browser cannot keep one; PKCE (RFC 7636) takes its place.
final class SignInClient {

    static final String ID = "wattmark";

    /// Of a program on the person's machine; RFC 8252 (7.3) lets it choose the port.
    static final String LOOPBACK_REDIRECT = "http://127.0.0.1/signed-in";

    private SignInClient() {}

    /// Registers the client, or writes it again where the base URL has changed.
    static void register(RegisteredClientRepository clients, ServerSettings settings) {
        var known = clients.findByClientId(ID);
        var ours = settings.baseUrl() + "/signed-in";
        if (known != null && known.getRedirectUris().contains(ours)) {
            return;
        }
        clients.save(
                RegisteredClient.withId(
                                known == null ? UUID.randomUUID().toString() : known.getId())
                        .clientId(ID)
                        .clientName("Wattmark")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri(ours)
                        .redirectUri(LOOPBACK_REDIRECT)
                        .scope(OidcScopes.OPENID)
                        .scope(Scopes.READ)
                        .scope(Scopes.WRITE)
                        .clientSettings(ClientSettings.builder().requireProofKey(true).build())
                        .tokenSettings(
                                TokenSettings.builder()
                                        .authorizationCodeTimeToLive(Duration.ofMinutes(1))
                                        .accessTokenTimeToLive(Members.ACCESS_TOKEN_LIFE)
                                        .build())
                        .build());
    }
}
