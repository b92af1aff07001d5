package org.wattmark.server.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;

/// Answers what Tomcat itself refuses, such as a malformed request line, before our code sees it.
final class ProblemValve extends ErrorReportValve {

    @Override
    protected void report(Request request, Response response, Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0) {
            return;
        }
        if (!response.setErrorReported()) {
            return;
        }
        try {
            response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            var status = HttpStatusCode.valueOf(response.getStatus());
            response.getReporter()
                    .write(
                            new String(
                                    Problems.ofStatus(status, null).json(),
                                    StandardCharsets.UTF_8));
            response.finishResponse();
        } catch (IOException gone) {
            // Nobody is there to be told.
        }
    }
}
