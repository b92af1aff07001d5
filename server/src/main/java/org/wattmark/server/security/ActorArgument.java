package org.wattmark.server.security;

import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Hands the `Actor` of the token or key to the controllers that ask for one.
final class ActorArgument implements HandlerMethodArgumentResolver {

    /// Where the endpoint rules leave the actor that they have looked up.
    static final String KNOWN = ActorArgument.class.getName();

    private final Actors actors;

    ActorArgument(Actors actors) {
        this.actors = actors;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Actor.class;
    }

    @Override
    public Actor resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        if (request.getAttribute(KNOWN, RequestAttributes.SCOPE_REQUEST) instanceof Actor known) {
            return known;
        }
        return actors.of(SecurityContextHolder.getContext().getAuthentication());
    }
}
