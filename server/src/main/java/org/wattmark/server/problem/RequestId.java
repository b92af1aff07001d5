package org.wattmark.server.problem;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.MDC;
import org.springframework.web.filter.OncePerRequestFilter;

/// Gives each request a name that is in the answer's `X-Request-Id`, in problems and in the log.
public final class RequestId extends OncePerRequestFilter {

    static final String HEADER = "X-Request-Id";

    private static final String KEY = "request_id";

    /// What a client may choose: nothing that could forge a line of the log.
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    RequestId() {}

    /// The name of the request that this thread works on; `none` outside of any.
    public static String current() {
        var id = MDC.get(KEY);
        return id == null ? "none" : id;
    }

    /// Names what this thread works on from here until the name is closed, for requests that do not
    /// come by HTTP.
    public static MDC.MDCCloseable begin() {
        return MDC.putCloseable(KEY, UUID.randomUUID().toString());
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var asked = request.getHeader(HEADER);
        var known = request.getAttribute(KEY);
        var id =
                known != null
                        ? known.toString() // on its way to the error page
                        : asked != null && ACCEPTABLE.matcher(asked).matches()
                                ? asked
                                : UUID.randomUUID().toString();
        request.setAttribute(KEY, id);
        response.setHeader(HEADER, id);
        MDC.put(KEY, id);
        try {
            chain.doFilter(request, response);
        } finally {
            MDC.remove(KEY);
        }
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }
}
