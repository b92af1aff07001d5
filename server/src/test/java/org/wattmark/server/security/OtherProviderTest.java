package org.wattmark.server.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.wattmark.server.postgres.TestPostgres;

/// Whom another provider's word lets in.
class OtherProviderTest {

    private final Members members = Members.in(TestPostgres.freshDatabase().dataSource());
    private final OtherProvider other = new OtherProvider(members);

    @Test
    void aMemberIsKnownByTheAddressThatTheProviderHasVerified() {
        var organisation = members.organisation("A Firm", "GB", Role.BUYER);
        var added =
                members.addPerson(
                        organisation,
                        "ada@example.org",
                        "Ada",
                        "correct horse battery",
                        Set.of(Role.BUYER));
        var person = ((Members.PersonAdded.Added) added).person();

        var ours = other.ours(theirs("Ada@Example.org", true));

        assertThat(ours.getName()).isEqualTo(person.id().toString());
        assertThat(ours.getAuthorities())
                .extracting("authority")
                .containsExactly(FactorGrantedAuthority.AUTHORIZATION_CODE_AUTHORITY);
    }

    @Test
    void aStrangerAndAnAddressThatNobodyVerifiedStayOutside() {
        var organisation = members.organisation("A Firm", "GB", Role.BUYER);
        members.addPerson(
                organisation, "ada@example.org", "Ada", "correct horse battery", Set.of());

        for (var refused :
                List.of(theirs("ada@example.org", false), theirs("eve@example.org", true))) {
            assertThatThrownBy(() -> other.ours(refused))
                    .isInstanceOf(OAuth2AuthenticationException.class);
        }
    }

    private static OidcUser theirs(String email, boolean verified) {
        var now = Instant.parse("2026-06-01T12:00:00Z");
        return new DefaultOidcUser(
                List.of(),
                new OidcIdToken(
                        "token",
                        now,
                        now.plusSeconds(60),
                        Map.of("sub", "7", "email", email, "email_verified", verified)));
    }
}
