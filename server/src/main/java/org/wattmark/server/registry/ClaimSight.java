package org.wattmark.server.registry;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.wattmark.registry.ClaimRecord;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Who sees a claim: its proponent, and every verifier and operator.
record ClaimSight(JdbcClient jdbc) {

    /// What the actor may not see is as unknown to them as what does not exist: 404.
    ClaimRecord seen(UUID claim, Actor actor) {
        return jdbc.sql(ClaimTable.SELECT + "where id = :id")
                .param("id", claim)
                .query(ClaimTable::record)
                .optional()
                .filter(record -> maySee(actor, record.claimCase().claim().proponent().id()))
                .orElseThrow(() ->
                        Problem.of(HttpStatus.NOT_FOUND, "claim_unknown", "No claim has this id.")
                                .asException());
    }

    static boolean maySee(Actor actor, UUID proponent) {
        return actor.is(Role.VERIFIER)
                || actor.is(Role.OPERATOR)
                || actor.organisation().equals(proponent);
    }
}
