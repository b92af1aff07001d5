package org.wattmark.server.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/// Why a request was not done, in the form of RFC 9457 "Problem Details for HTTP APIs".
///
/// A controller answers `Problem.of(CONFLICT, "already_retired", "…").answer()`.
///
/// @param code stable: clients decide by it, so it is never renamed; `lower_snake_case`
/// @param detail one sentence for a person, without secrets and without our insides
/// @param retryAfter set when the same request, sent again unchanged, may well succeed
public record Problem(
        HttpStatus status,
        String code,
        String detail,
        @Nullable Duration retryAfter,
        List<Fault> faults) {

    /// On the wire it is always snake case, whoever writes it.
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                    .build();

    public Problem {
        faults = List.copyOf(faults);
    }

    /// One place in the request that is wrong.
    ///
    /// @param pointer a JSON pointer into the body, such as `/quantity/grams`; for a parameter of
    ///   the URL `?name`, for a header `Name:`
    public record Fault(String pointer, String message) {}

    public static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail, null, List.of());
    }

    /// With the name of the rule's own reason as its code.
    public static Problem of(HttpStatus status, Enum<?> reason, String detail) {
        return of(status, reason.name().toLowerCase(Locale.ROOT), detail);
    }

    /// The answer to what a rule refuses.
    public static ResponseEntity<?> refusal(HttpStatus status, Enum<?> reason, String detail) {
        return of(status, reason, detail).answer();
    }

    /// The same problem, which also names the place that is wrong.
    public Problem at(String pointer, String message) {
        var more = new ArrayList<>(faults);
        more.add(new Fault(pointer, message));
        return new Problem(status, code, detail, retryAfter, more);
    }

    /// The same problem, which passes by itself: send the same request again after `wait`.
    public Problem retryAfter(Duration wait) {
        return new Problem(status, code, detail, wait, faults);
    }

    /// The answer for a controller to return.
    public ResponseEntity<?> answer() {
        return answer(HttpHeaders.EMPTY);
    }

    /// The answer with headers of its own, such as `Allow`.
    public ResponseEntity<?> answer(HttpHeaders headers) {
        var answer = ResponseEntity.status(status).headers(headers);
        if (retryAfter != null) {
            answer.header(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        // Bytes, so that no other converter has a say, whatever the client's Accept header asks
        // for.
        return answer.contentType(MediaType.APPLICATION_PROBLEM_JSON).body(json());
    }

    /// For code so deep that it cannot return the problem; the edge answers it.
    public ProblemException asException() {
        return asException(HttpHeaders.EMPTY);
    }

    /// The same, answered with headers of its own, such as `WWW-Authenticate`.
    public ProblemException asException(HttpHeaders headers) {
        return new ProblemException(this, headers);
    }

    /// The answer for a filter to write.
    public void writeTo(HttpServletResponse response) throws IOException {
        response.setStatus(status.value());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        if (retryAfter != null) {
            response.setHeader(HttpHeaders.RETRY_AFTER, seconds(retryAfter));
        }
        response.getOutputStream().write(json());
    }

    /// What an exception means to whoever sent the request: what the edge of HTTP answers to it.
    public static Problem ofException(Exception e) {
        return Problems.problem(e);
    }

    /// What is wrong with a JSON body, from what its reader threw; without that there is no body.
    public static Problem ofUnreadable(@Nullable Exception e) {
        return UnreadableBody.problem(e);
    }

    /// The members on the wire, for those who answer by other ways than HTTP.
    public byte[] json() {
        return JSON.writeValueAsString(new Body(this)).getBytes(StandardCharsets.UTF_8);
    }

    /// Rounded up: a client that waits as told does not come too early.
    private static String seconds(Duration wait) {
        return String.valueOf(wait.plusMillis(999).toSeconds());
    }

    /// The members on the wire.
    @JsonPropertyOrder({
        "type",
        "title",
        "status",
        "detail",
        "code",
        "request_id",
        "retryable",
        "errors"
    })
    record Body(
            URI type,
            String title,
            int status,
            String detail,
            String code,
            String requestId,
            boolean retryable,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Fault> errors) {

        Body(Problem problem) {
            this(
                    URI.create("/problems/" + problem.code),
                    titleOf(problem.code),
                    problem.status.value(),
                    problem.detail,
                    problem.code,
                    RequestId.current(),
                    problem.retryAfter != null,
                    problem.faults);
        }

        /// `unknown_field` is titled "Unknown field".
        private static String titleOf(String code) {
            var words = code.replace('_', ' ');
            return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
        }
    }
}
