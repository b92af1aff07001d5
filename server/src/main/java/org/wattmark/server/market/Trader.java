package org.wattmark.server.market;

import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;
import org.wattmark.server.security.Role;

/// Who buys and sells: proponents and buyers. Who judges claims or runs the registry does not.
final class Trader {

    private Trader() {}

    /// Answers 403 unless the actor may trade.
    static void require(Actor actor) {
        if (!actor.is(Role.BUYER) && !actor.is(Role.PROPONENT)) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "role_missing",
                            "This needs the role BUYER or PROPONENT; the token carries neither.")
                    .asException();
        }
    }
}
