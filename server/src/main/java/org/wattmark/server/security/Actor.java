package org.wattmark.server.security;

import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// Who sent a request, as its access token or API key says and nothing else.
///
/// A controller takes it as a parameter: `Placed place(Actor actor, @RequestBody OrderBody body)`.
///
/// @param id the person's UUID, or the id of a machine
/// @param signIn how well it is known that a person is still there
public record Actor(String id, Kind kind, UUID organisation, Set<Role> roles, SignIn signIn) {

    /// A person can be asked to approve; a machine cannot.
    public enum Kind {
        PERSON,
        MACHINE
    }

    /// Whether a person has signed in recently, and well enough for what cannot be undone.
    public enum SignIn {
        /// A machine does not sign in: what its key or token may do was granted with it.
        MACHINE,
        RECENT,
        TOO_OLD,
        /// Recently, but by a password alone, and this person has a passkey.
        NOT_BY_PASSKEY
    }

    public Actor {
        roles = Set.copyOf(roles);
    }

    public Actor(String id, Kind kind, UUID organisation, Set<Role> roles) {
        this(id, kind, organisation, roles, kind == Kind.MACHINE ? SignIn.MACHINE : SignIn.TOO_OLD);
    }

    Actor with(SignIn how) {
        return new Actor(id, kind, organisation, roles, how);
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

    /// Answers 401, as RFC 9470 (3) has it, unless a person has signed in within five minutes, and
    /// by a passkey if they have one. A client then sends them to sign in again, with `max_age`.
    public void requireRecentSignIn() {
        switch (signIn) {
            case MACHINE, RECENT -> {}
            case TOO_OLD ->
                    throw stepUp(
                            "You signed in more than five minutes ago. Sign in again to confirm"
                                    + " this.",
                            "max_age=\"" + Actors.RECENT.toSeconds() + "\"");
            case NOT_BY_PASSKEY ->
                    throw stepUp(
                            "Confirm this with your passkey: sign in again with it. If you have"
                                    + " lost it, use another one or a recovery code.",
                            "acr_values=\""
                                    + Claims.PHISHING_RESISTANT
                                    + "\", max_age=\""
                                    + Actors.RECENT.toSeconds()
                                    + "\"");
        }
    }

    private static RuntimeException stepUp(String detail, String wanted) {
        var headers = new HttpHeaders();
        headers.set(
                HttpHeaders.WWW_AUTHENTICATE,
                "Bearer error=\"insufficient_user_authentication\", " + wanted);
        return Problem.of(HttpStatus.UNAUTHORIZED, "insufficient_user_authentication", detail)
                .asException(headers);
    }
}
