package org.wattmark.server.problem;

import java.io.IOException;
import java.time.Duration;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.apache.coyote.AbstractProtocol;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;

/// Answers what Tomcat itself refuses, such as a malformed request line, before our code sees it.
final class ProblemValve extends ErrorReportValve {

    private static final Problem STOPPING =
            Problem.of(
                            HttpStatus.SERVICE_UNAVAILABLE,
                            "server_stopping",
                            "This server is being stopped. Send the same request again.")
                    .retryAfter(Duration.ofSeconds(1));

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        try {
            problem(request, response).writeTo(response);
            response.finishResponse();
        } catch (IOException gone) {
            // Nobody is there to be told.
        }
    }

    /// A Tomcat that has begun to stop does not read the headers of what still comes, and then
    /// misses `Host` in them: it says 400 of a request at which nothing is wrong.
    private static Problem problem(Request request, Response response) {
        return isStopping(request)
                ? STOPPING
                : Problems.ofStatus(HttpStatusCode.valueOf(response.getStatus()), null);
    }

    private static boolean isStopping(Request request) {
        return request.getConnector().getProtocolHandler() instanceof AbstractProtocol<?> protocol
                && protocol.isPaused();
    }
}
