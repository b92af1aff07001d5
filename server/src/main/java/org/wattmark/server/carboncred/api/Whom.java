package org.wattmark.server.carboncred.api;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.security.Actor;

/// Who acts is who the token says. A body may repeat it, and may not say otherwise.
final class Whom {

    private Whom() {}

    /// Answers 403 unless the body names nobody, the actor or the actor's organisation.
    ///
    /// @param field `user` or `buyer_id`
    static void require(String field, @Nullable String named, Actor actor) {
        if (named == null
                || named.equalsIgnoreCase(actor.id())
                || named.equalsIgnoreCase(actor.organisation().toString())) {
            return;
        }
        throw Problem.of(
                        HttpStatus.FORBIDDEN,
                        "acts_for_another",
                        "Who acts is who the token says, and "
                                + field
                                + " names somebody else. Leave it out, or send your own id ("
                                + actor.id()
                                + ").")
                .asException();
    }
}
