package org.wattmark.server.organisations;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.organisations.Invitations.Founding;
import org.wattmark.server.secrets.OwnerOnlyFile;
import org.wattmark.server.security.Role;
import org.wattmark.server.settings.ServerSettings;

/// Lets the first operator in: while there is none, a one-time token lies in a file that only the
/// server's owner reads. It is written nowhere else, and there is no default password.
final class FirstOperator implements ApplicationRunner {

    static final String FILE = "first-operator.token";

    private static final Logger LOG = LoggerFactory.getLogger(FirstOperator.class);

    private static final String ANY =
            "select exists (select from membership where 'OPERATOR' = any (roles))";

    /// Of tokens that are too old, lost with a data folder, or not needed any more.
    private static final String END =
            """
            update invitation set ended_at = now()
            where new_kind = 'OPERATOR' and ended_at is null
            """;

    private final Invitations invitations;
    private final JdbcClient jdbc;
    private final ServerSettings settings;

    FirstOperator(Invitations invitations, JdbcClient jdbc, ServerSettings settings) {
        this.invitations = invitations;
        this.jdbc = jdbc;
        this.settings = settings;
    }

    @Override
    public void run(ApplicationArguments args) {
        jdbc.sql(END).update();
        if (jdbc.sql(ANY).query(Boolean.class).single()) {
            forget();
            return;
        }
        var token =
                invitations.offer(
                        new Founding("Operator", "GB", Role.OPERATOR),
                        "",
                        Set.of(Role.OWNER, Role.OPERATOR));
        OwnerOnlyFile.write(file(), token);
        LOG.info(
                "there is no operator yet; the token in {} makes one, at"
                        + " POST /api/v1/invitation-acceptances",
                file());
    }

    /// It counts no more, and would only puzzle somebody.
    private void forget() {
        try {
            Files.deleteIfExists(file());
        } catch (IOException e) {
            LOG.warn("cannot delete {}", file(), e);
        }
    }

    private Path file() {
        return settings.keys().resolve(FILE);
    }
}
