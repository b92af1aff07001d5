package org.wattmark.server.security;

import java.util.List;
import java.util.UUID;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/// Tells a client for whom it acts.
@RestController
class WhoAmI {

    record Me(String id, Actor.Kind kind, UUID organisationId, List<Role> roles) {}

    /// Who you are by your token or key, and what you may do.
    @GetMapping("/api/v1/me")
    Me me(Actor actor) {
        var roles = actor.roles().stream().sorted().toList();
        return new Me(actor.id(), actor.kind(), actor.organisation(), roles);
    }
}
