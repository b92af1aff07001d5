package org.wattmark.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A request that comes while the server stops is sent again, not given up.
class ProblemValveTest {

    private final Tomcat tomcat = new Tomcat();

    @TempDir private Path folder;

    @SuppressWarnings("NullAway.Init") // JUnit sets the folder before each test
    ProblemValveTest() {}

    /// Refuses what it is asked as Tomcat does, before and after it has begun to stop.
    private final class Refusing extends HttpServlet {

        private static final long serialVersionUID = 1;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response)
                throws IOException {
            if (request.getRequestURI().equals("/stopping")) {
                tomcat.getConnector().pause();
            }
            response.sendError(400);
        }
    }

    @BeforeEach
    void start() throws LifecycleException {
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        tomcat.getConnector();
        var context = tomcat.addContext("", null);
        Tomcat.addServlet(context, "refusing", new Refusing());
        context.addServletMappingDecoded("/*", "refusing");
        var host = (StandardHost) tomcat.getHost();
        host.setErrorReportValveClass(""); // Tomcat's own
        host.getPipeline().addValve(new ProblemValve());
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    @Test
    void whatIsWrongIsRefused() throws Exception {
        var answer = get("/");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"code\":\"bad_request\"", "\"retryable\":false");
    }

    @Test
    void ofAServerThatStopsNobodyHearsThatTheRequestIsWrong() throws Exception {
        var answer = get("/stopping");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(answer.body()).contains("\"code\":\"server_stopping\"", "\"retryable\":true");
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        var port = tomcat.getConnector().getLocalPort();
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
