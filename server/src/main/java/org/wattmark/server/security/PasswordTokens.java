package org.wattmark.server.security;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.transaction.support.TransactionTemplate;
import org.wattmark.server.secrets.RandomSecret;
import org.wattmark.units.Sha256;

/// Tokens for an address and a password in one request, as clients of CarbonCred's API ask for
/// them.
///
/// The sign-in is that of the page, with its pauses and its one answer to whatever is wrong. What
/// is granted is narrower: what those paths need, and nothing that administers. A refresh token is
/// used once and gives the next one; if it comes again, somebody has stolen it, and nothing that
/// came of that sign-in is refreshed any more (RFC 9700, 4.14.2).
public final class PasswordTokens {

    /// What an access token of these may be used for.
    public static final List<String> SCOPES =
            List.of(
                    Scopes.READ,
                    "accounts:write",
                    "claims:write",
                    "credits:retire",
                    "market:trade",
                    "projects:write");

    /// SimpleJWT's default, which CarbonCred ran with.
    static final Duration REFRESH_LIFE = Duration.ofDays(1);

    /// After that a person signs in again, however often the client has refreshed.
    static final Duration LONGEST_SESSION = Duration.ofDays(30);

    private static final String USE =
            """
            update refresh_token set used_at = :now
            where token_sha256 = :hash and used_at is null and expires_at > :now
            returning family, person_id, signed_in_at, method
            """;

    private static final String ADD =
            """
            insert into refresh_token (token_sha256, family, person_id, signed_in_at, method,
                issued_at, expires_at)
            values (:hash, :family, :person, :signedIn, :method, :now, :expires)
            """;

    private final PasswordSignIn signIn;
    private final Members members;
    private final JwtEncoder encoder;
    private final String issuer;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    PasswordTokens(
            PasswordSignIn signIn,
            Members members,
            JwtEncoder encoder,
            String issuer,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.signIn = signIn;
        this.members = members;
        this.encoder = encoder;
        this.issuer = issuer;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    /// @param refresh shown once; its hash is kept
    public record Pair(String refresh, String access) {

        @Override
        public String toString() {
            return "Pair[***]";
        }
    }

    /// One sign-in, which all refreshes of it carry on.
    private record Session(UUID family, UUID person, Instant signedInAt, String method) {}

    /// Empty if the address is unknown, the password wrong, sign-in paused, or the person belongs
    /// to no organisation: which of them is not told.
    public Optional<Pair> signIn(String email, String password) {
        UsernamePasswordAuthenticationToken attempt =
                UsernamePasswordAuthenticationToken.unauthenticated(email, password);
        try {
            var signedIn = signIn.authenticate(attempt);
            var factor = SignInStrength.factors(signedIn).getFirst();
            var session =
                    new Session(
                            UUID.randomUUID(),
                            UUID.fromString(signedIn.getName()),
                            factor.getIssuedAt(),
                            methodOf(factor));
            forgetOld(session.person());
            return issue(session);
        } catch (BadCredentialsException e) {
            return Optional.empty();
        }
    }

    private static String methodOf(FactorGrantedAuthority factor) {
        return Factors.METHODS.getOrDefault(factor.getAuthority(), Claims.BY_PASSWORD);
    }

    /// The next pair, or nothing if the token is unknown, expired or used: a used one ends all that
    /// came of its sign-in.
    public Optional<Pair> refresh(String token) {
        return transaction.execute(_ -> {
            var hash = hash(token);
            var session =
                    jdbc.sql(USE)
                            .param("now", at(clock.instant()))
                            .param("hash", hash)
                            .query((row, _) -> session(row))
                            .optional();
            if (session.isEmpty()) {
                endFamilyOf(hash);
                return Optional.<Pair>empty();
            }
            return issue(session.get());
        });
    }

    /// Ends all that came of the sign-in that this refresh token belongs to, used or not. A token
    /// of access that is out already ends within its ten minutes.
    public void signOut(String token) {
        endFamilyOf(hash(token));
    }

    private void endFamilyOf(byte[] hash) {
        jdbc.sql(
                        """
                        delete from refresh_token where family in
                            (select family from refresh_token where token_sha256 = :hash)
                        """)
                .param("hash", hash)
                .update();
    }

    private void forgetOld(UUID person) {
        jdbc.sql("delete from refresh_token where person_id = :person and expires_at < :now")
                .param("person", person)
                .param("now", at(clock.instant()))
                .update();
    }

    /// Roles and organisation are read anew each time, so who has left gets nothing.
    private Optional<Pair> issue(Session session) {
        var now = clock.instant();
        var end = session.signedInAt().plus(LONGEST_SESSION);
        var person = members.person(session.person());
        if (person.isEmpty() || !now.isBefore(end)) {
            return Optional.empty();
        }
        var refresh = RandomSecret.make();
        var expires = now.plus(REFRESH_LIFE);
        jdbc.sql(ADD)
                .param("hash", hash(refresh))
                .param("family", session.family())
                .param("person", session.person())
                .param("signedIn", at(session.signedInAt()))
                .param("method", session.method())
                .param("now", at(now))
                .param("expires", at(expires.isBefore(end) ? expires : end))
                .update();
        return Optional.of(new Pair(refresh, access(person.get(), session, now)));
    }

    /// The claims of [Tokens], and `user_id`, by which clients of SimpleJWT know who they are.
    private String access(Members.Person person, Session session, Instant now) {
        var claims =
                JwtClaimsSet.builder()
                        .issuer(issuer)
                        .subject(person.id().toString())
                        .audience(List.of(issuer))
                        .issuedAt(now)
                        .notBefore(now)
                        .expiresAt(now.plus(Members.ACCESS_TOKEN_LIFE))
                        .id(UUID.randomUUID().toString())
                        .claim("scope", SCOPES)
                        .claim("user_id", person.id().toString())
                        .claim(Claims.TOKEN_TYPE, Claims.ACCESS)
                        .claim(Claims.KIND, Actor.Kind.PERSON.name())
                        .claim(Claims.ORGANISATION, person.organisation().toString())
                        .claim(
                                Claims.ROLES,
                                person.roles().stream().map(Role::name).sorted().toList())
                        .claim(Claims.SIGNED_IN_AT, Date.from(session.signedInAt()))
                        .claim(Claims.METHODS, List.of(session.method()))
                        .build();
        var header = JwsHeader.with(SignatureAlgorithm.ES256).build();
        return encoder.encode(JwtEncoderParameters.from(header, claims)).getTokenValue();
    }

    private static Session session(ResultSet row) throws SQLException {
        return new Session(
                row.getObject("family", UUID.class),
                row.getObject("person_id", UUID.class),
                row.getTimestamp("signed_in_at").toInstant(),
                row.getString("method"));
    }

    private static byte[] hash(String token) {
        return Sha256.of(token.getBytes(UTF_8));
    }

    private static OffsetDateTime at(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
