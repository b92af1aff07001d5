package org.wattmark.server.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;
import org.wattmark.server.problem.Problem;

/// Refuses by the endpoint table, before a body is read: first the scope, then the role, then the
/// standing of the organisation, then how long ago the person signed in.
final class EndpointRules implements HandlerInterceptor {

    private final EndpointTable table;
    private final Actors actors;
    private final Standings standings;

    EndpointRules(EndpointTable table, Actors actors, Standings standings) {
        this.table = table;
        this.actors = actors;
        this.standings = standings;
    }

    @Override
    public boolean preHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler) {
        var pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        if (pattern == null) {
            return true;
        }
        table.row(request.getMethod(), pattern.toString())
                .filter(row -> !row.forAnyone())
                .ifPresent(row -> request.setAttribute(ActorArgument.KNOWN, require(row)));
        return true;
    }

    private Actor require(EndpointTable.Row row) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        var actor = actors.of(authentication);
        var granted = Scopes.of(authentication);
        row.scope().filter(scope -> !Scopes.cover(granted, scope)).ifPresent(EndpointRules::refuse);
        if (!row.allows(actor.roles())) {
            throw Problem.of(
                            HttpStatus.FORBIDDEN,
                            "role_missing",
                            "This needs the role "
                                    + row.roles().stream()
                                            .sorted()
                                            .map(Role::name)
                                            .collect(Collectors.joining(" or "))
                                    + ", which the token does not carry.")
                    .asException();
        }
        if (row.movesValue()) {
            standings.requireVerified(actor.organisation());
        }
        if (row.step() == EndpointTable.Step.RECENT) {
            actor.requireRecentSignIn();
        }
        return actor;
    }

    private static void refuse(String scope) {
        throw Problem.of(
                        HttpStatus.FORBIDDEN,
                        "scope_missing",
                        "This needs the scope "
                                + scope
                                + ", which the token or key was not given. Ask for it when you"
                                + " make the key or the token.")
                .asException();
    }
}
