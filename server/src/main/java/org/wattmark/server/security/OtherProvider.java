package org.wattmark.server.security;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserRequest;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.userinfo.OAuth2UserService;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;

/// Signing in at another OpenID Connect provider, which the operator has named by
/// `spring.security.oauth2.client.…`.
///
/// It says who somebody is; what they may do is decided here. So only people who are members here
/// already come in, known by the address that the provider has verified.
final class OtherProvider {

    private final Members members;

    OtherProvider(Members members) {
        this.members = members;
    }

    void addTo(HttpSecurity http) {
        http.oauth2Login(login ->
                login.loginPage("/login").userInfoEndpoint(user -> user.oidcUserService(known())));
    }

    private OAuth2UserService<OidcUserRequest, OidcUser> known() {
        var theirs = new OidcUserService();
        return request -> ours(theirs.loadUser(request));
    }

    /// Who it is here.
    OidcUser ours(OidcUser theirs) {
        var email = theirs.getEmail();
        if (email == null || !Boolean.TRUE.equals(theirs.getEmailVerified())) {
            throw refused("the provider has verified no address");
        }
        var person =
                members.login(email)
                        .orElseThrow(() -> refused("nobody here has this address"))
                        .person();
        return new Known(person, theirs);
    }

    private static OAuth2AuthenticationException refused(String why) {
        return new OAuth2AuthenticationException(new OAuth2Error("access_denied", why, null));
    }

    /// A member, under the id that they have here.
    private static final class Known extends DefaultOidcUser {

        private static final long serialVersionUID = 1L;

        private final UUID person;

        Known(UUID person, OidcUser theirs) {
            super(
                    List.of(
                            FactorGrantedAuthority.fromAuthority(
                                    FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY)),
                    theirs.getIdToken(),
                    theirs.getUserInfo());
            this.person = person;
        }

        @Override
        public String getName() {
            return person.toString();
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Known it && it.person.equals(person) && super.equals(it);
        }

        @Override
        public int hashCode() {
            return person.hashCode();
        }
    }
}
