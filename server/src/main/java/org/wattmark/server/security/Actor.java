package org.wattmark.server.security;

import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// Who sent a request, as its access token says and nothing else.
///
/// A controller takes it as a parameter: `Placed place(Actor actor, @RequestBody OrderBody body)`.
///
/// @param id the person's UUID, or the client id of a machine
public record Actor(String id, Kind kind, UUID organisation, Set<Role> roles) {

    /// A person can be asked to approve; a machine cannot.
    public enum Kind {
        PERSON,
        MACHINE
    }

    public Actor {
        roles = Set.copyOf(roles);
    }

    public boolean is(Role role) {
        return roles.contains(role);
    }

    /// Answers 403 unless the actor is a person: whoever runs a machine could be the second pair of
    /// eyes by it alone.
    ///
    /// @param what a person does here, such as `approves deposits`
    public void requirePerson(String what) {
        if (kind != Kind.PERSON) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "person_needed",
                            "A person " + what + ", and this token is a machine's. Sign in.")
                    .asException();
        }
    }

    /// Answers 403 unless the actor has the role.
    public void require(Role role) {
        if (!is(role)) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "role_missing",
                            "This needs the role " + role + ", which the token does not carry.")
                    .asException();
        }
    }
}
