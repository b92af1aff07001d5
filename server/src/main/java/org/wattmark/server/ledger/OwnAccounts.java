package org.wattmark.server.ledger;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.ledger.AccountId;
import org.wattmark.registry.SystemAccounts;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.verification.UnitClass;

/// Whose account is whose: an organisation has one, in the class that it belongs to.
final class OwnAccounts {

    private final JdbcClient jdbc;

    /// An organisation keeps its account for good.
    private final Cache<UUID, AccountId> known = Caffeine.newBuilder().maximumSize(10_000).build();

    OwnAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The account of the organisation that acts.
    AccountId of(Actor actor) {
        return known.get(actor.organisation(), _ -> find(actor));
    }

    private AccountId find(Actor actor) {
        return jdbc.sql("select unit_class from organisation where id = ?")
                .param(actor.organisation())
                .query((row, _) -> UnitClass.valueOf(row.getString(1)))
                .optional()
                .map(unitClass -> SystemAccounts.holder(actor.organisation(), unitClass))
                .orElseThrow(() ->
                        Problem.of(
                                        HttpStatus.FORBIDDEN,
                                        "organisation_unknown",
                                        "The token's organisation is not known here.")
                                .asException());
    }
}
