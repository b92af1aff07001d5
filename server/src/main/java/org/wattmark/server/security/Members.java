package org.wattmark.server.security;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.server.authorization.client.JdbcRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.wattmark.server.secrets.RandomSecret;

/// Organisations, their people and their machines. Nobody is in it until somebody adds them.
public final class Members {

    /// NIST SP 800-63B-4 (3.1.1.2) asks for 15 characters where a password is the only factor.
    public static final int SHORTEST_PASSWORD = 15;

    /// Short, because what a token says of how somebody signed in is not taken back. Whether they
    /// still belong to the organisation is looked up at each use ([Belonging]).
    static final Duration ACCESS_TOKEN_LIFE = Duration.ofMinutes(10);

    private final JdbcClient jdbc;
    private final RegisteredClientRepository clients;
    private final PasswordEncoder passwords;

    Members(JdbcClient jdbc, RegisteredClientRepository clients, PasswordEncoder passwords) {
        this.jdbc = jdbc;
        this.clients = clients;
        this.passwords = passwords;
    }

    /// For commands, which run without the server.
    public static Members in(DataSource database) {
        return new Members(
                JdbcClient.create(database),
                new JdbcRegisteredClientRepository(new JdbcTemplate(database)),
                new SecretHashes());
    }

    /// A person who can sign in. The password's hash is known to `Members` alone.
    public record Person(
            UUID id, UUID organisation, String email, String displayName, Set<Role> roles) {

        public Person {
            roles = Set.copyOf(roles);
        }
    }

    /// What a machine presents at `/oauth2/token`. The secret is kept nowhere, so show it now.
    public record Credentials(String clientId, String secret) {

        @Override
        public String toString() {
            return clientId + ":***";
        }
    }

    record Machine(UUID organisation, Set<Role> roles) {}

    /// Whether that e-mail address was free.
    public sealed interface PersonAdded {

        record Added(Person person) implements PersonAdded {}

        record EmailTaken() implements PersonAdded {}
    }

    /// The organisation of that name, added first if nobody has the name.
    ///
    /// @param country ISO 3166-1 alpha-2, such as `GB`
    public UUID organisation(String name, String country, Role kind) {
        jdbc.sql(
                        """
                        insert into organisation (id, name, country, kind)
                        values (:id, :name, :country, :kind)
                        on conflict (name) do nothing
                        """)
                .param("id", UUID.randomUUID())
                .param("name", name)
                .param("country", country)
                .param("kind", kind.kind().name())
                .update();
        return jdbc.sql("select id from organisation where name = :name")
                .param("name", name)
                .query(UUID.class)
                .single();
    }

    /// Adds a person who signs in with this password.
    public PersonAdded addPerson(
            UUID organisation, String email, String displayName, String password, Set<Role> roles) {
        if (password.length() < SHORTEST_PASSWORD) {
            throw new IllegalArgumentException(
                    "a password has at least " + SHORTEST_PASSWORD + " characters");
        }
        var person =
                new Person(UUID.randomUUID(), organisation, address(email), displayName, roles);
        try {
            insert(person, hashOf(password));
            return new PersonAdded.Added(person);
        } catch (DuplicateKeyException e) {
            return new PersonAdded.EmailTaken();
        }
    }

    /// The hash of a password, as it is kept. It is slow on purpose.
    public String hashOf(String password) {
        return Objects.requireNonNull(passwords.encode(password));
    }

    /// Whether somebody signs in with this address.
    public boolean isKnown(String email) {
        return login(email).isPresent();
    }

    private void insert(Person person, String hash) {
        jdbc.sql(
                        """
                        with added as (
                            insert into person
                                (id, organisation_id, email, password_hash, display_name)
                            values (:id, :organisation, :email, :hash, :name)
                            returning id, organisation_id)
                        insert into membership (person_id, organisation_id, roles)
                        select id, organisation_id, :roles from added
                        """)
                .param("id", person.id())
                .param("organisation", person.organisation())
                .param("email", person.email())
                .param("hash", hash)
                .param("name", person.displayName())
                .param("roles", Role.names(person.roles()))
                .update();
    }

    /// Adds a machine that acts for the organisation with client credentials.
    ///
    /// A crash between the two rows leaves a client that acts for nobody and gets no token.
    public Credentials addMachine(UUID organisation, String name, Set<Role> roles) {
        return addMachine(organisation, name, roles, Set.of(Scopes.READ, Scopes.WRITE));
    }

    private Credentials addMachine(
            UUID organisation, String name, Set<Role> roles, Collection<String> scopes) {
        var credentials = register(UUID.randomUUID(), name, scopes);
        jdbc.sql(
                        """
                        insert into machine_client (client_id, organisation_id, roles)
                        values (:client, :organisation, :roles)
                        """)
                .param("client", credentials.clientId())
                .param("organisation", organisation)
                .param("roles", Role.names(roles))
                .update();
        return credentials;
    }

    /// Registers a client that acts for nobody, until a row of `machine_client` says for whom.
    public Credentials register(UUID id, String name, Collection<String> scopes) {
        var credentials = new Credentials("wm_client_" + id, "wm_" + RandomSecret.make());
        clients.save(
                RegisteredClient.withId(UUID.randomUUID().toString())
                        .clientId(credentials.clientId())
                        .clientSecret(SecretHashes.ofDrawn(credentials.secret()))
                        .clientName(name)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                        .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                        .scopes(all -> all.addAll(scopes))
                        .tokenSettings(
                                TokenSettings.builder()
                                        .accessTokenTimeToLive(ACCESS_TOKEN_LIFE)
                                        .build())
                        .build());
        return credentials;
    }

    /// Who it is, and what they may do for the organisation that they act for; empty if they belong
    /// to it no more.
    public Optional<Person> person(UUID id) {
        return jdbc.sql(
                        """
                        select person.id, person.organisation_id, email, display_name, roles, kind
                        from person
                        join membership on person_id = person.id
                            and membership.organisation_id = person.organisation_id
                        join organisation on organisation.id = membership.organisation_id
                        where person.id = :id
                        """)
                .param("id", id)
                .query((row, _) -> person(row))
                .optional();
    }

    private static Person person(ResultSet row) throws SQLException {
        return new Person(
                row.getObject("id", UUID.class),
                row.getObject("organisation_id", UUID.class),
                row.getString("email"),
                row.getString("display_name"),
                effective(row));
    }

    /// What somebody may do for an organisation at this moment; empty if they do not belong to it.
    Optional<Set<Role>> rolesNow(Actor.Kind kind, String id, UUID organisation) {
        return switch (kind) {
            case PERSON ->
                    jdbc.sql(
                                    """
                                    select roles, kind from membership
                                    join organisation on organisation.id = organisation_id
                                    where person_id = :id and organisation_id = :organisation
                                    """)
                            .param("id", UUID.fromString(id))
                            .param("organisation", organisation)
                            .query((row, _) -> effective(row))
                            .optional();
            case MACHINE ->
                    machine(id)
                            .filter(it -> it.organisation().equals(organisation))
                            .map(Machine::roles);
        };
    }

    Optional<Machine> machine(String clientId) {
        return jdbc.sql(
                        """
                        select organisation_id, roles, kind
                        from machine_client join organisation on id = organisation_id
                        where client_id = :id
                        """)
                .param("id", clientId)
                .query((row, _) ->
                        new Machine(row.getObject("organisation_id", UUID.class), effective(row)))
                .optional();
    }

    /// An address as it is kept: two ways to write it are one address.
    public static String address(String typed) {
        return typed.strip().toLowerCase(Locale.ROOT);
    }

    /// What signing in compares with.
    ///
    /// @param passwordHash null of a person who signs in elsewhere
    record Login(UUID person, @Nullable String passwordHash) {}

    Optional<Login> login(String email) {
        return jdbc.sql("select id, password_hash from person where email = :email")
                .param("email", address(email))
                .query((row, _) ->
                        new Login(row.getObject("id", UUID.class), row.getString("password_hash")))
                .optional();
    }

    private static Set<Role> effective(ResultSet row) throws SQLException {
        var held = Role.ofNames((String[]) row.getArray("roles").getArray());
        return Role.effective(held, Role.valueOf(row.getString("kind")));
    }
}
