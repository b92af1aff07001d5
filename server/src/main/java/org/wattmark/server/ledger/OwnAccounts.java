package org.wattmark.server.ledger;

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

    OwnAccounts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// The account of the organisation that acts.
    AccountId of(Actor actor) {
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
