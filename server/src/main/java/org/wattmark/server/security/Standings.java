package org.wattmark.server.security;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import java.time.Duration;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.server.problem.Problem;

/// What is known of organisations, and so whether they may move value.
///
/// It is looked up anew each second, so a suspension counts on every server within that, and at
/// once on the one that was told of it.
public final class Standings {

    private static final Duration AGE = Duration.ofSeconds(1);

    private final LoadingCache<UUID, Standing> known;

    Standings(JdbcClient jdbc) {
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(10_000)
                        .expireAfterWrite(AGE)
                        .build(organisation -> find(jdbc, organisation));
    }

    /// Of an organisation.
    public enum Standing {
        /// It has signed up, and an operator has not looked at it yet.
        PENDING,
        /// An operator knows who it is.
        VERIFIED,
        /// An operator has stopped it.
        SUSPENDED
    }

    /// A token may name an organisation that a restored database does not know.
    private static Standing find(JdbcClient jdbc, UUID organisation) {
        return jdbc.sql("select standing from organisation where id = :id")
                .param("id", organisation)
                .query((row, _) -> Standing.valueOf(row.getString(1)))
                .optional()
                .orElse(Standing.PENDING);
    }

    /// To be told when a standing has changed here.
    public void forget(UUID organisation) {
        known.invalidate(organisation);
    }

    void requireVerified(UUID organisation) {
        switch (known.get(organisation)) {
            case VERIFIED -> {}
            case PENDING ->
                    throw Problem.of(
                                    HttpStatus.FORBIDDEN,
                                    "organisation_pending",
                                    "Your organisation is not verified yet, so it moves no value."
                                            + " Give the operator of this registry what they ask"
                                            + " for; until then you may read, keep accounts and"
                                            + " send readings.")
                            .asException();
            case SUSPENDED ->
                    throw Problem.of(
                                    HttpStatus.FORBIDDEN,
                                    "organisation_suspended",
                                    "Your organisation is suspended, so it moves no value. The"
                                            + " reason stands at GET /api/v1/organisation; speak"
                                            + " with the operator of this registry.")
                            .asException();
        }
    }
}
