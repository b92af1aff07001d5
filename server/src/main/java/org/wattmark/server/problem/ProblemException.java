package org.wattmark.server.problem;

import org.springframework.http.HttpHeaders;

/// Carries a problem from deep code to the edge, which answers it.
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;
    private final transient HttpHeaders headers;

    ProblemException(Problem problem, HttpHeaders headers) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
        this.headers = headers;
    }

    public HttpHeaders headers() {
        return headers;
    }

    public Problem problem() {
        return problem;
    }
}
