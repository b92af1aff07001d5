package org.wattmark.server.problem;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.METHOD_NOT_ALLOWED;
import static org.springframework.http.HttpStatus.NOT_ACCEPTABLE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingRequestHeaderException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/// The edge: whatever a controller, or Spring before it, threw becomes a problem here.
@RestControllerAdvice
class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    /// PostgreSQL is back from a crash in about two seconds; the write is safe to send again.
    private static final Duration SHORTLY = Duration.ofSeconds(2);

    /// Only Spring Security knows whether nobody was there (401) or the wrong one (403).
    @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
    void leaveToSecurity(RuntimeException e) {
        throw e;
    }

    /// The client went away: there is nobody to answer.
    @ExceptionHandler
    void nobodyListens(AsyncRequestNotUsableException e) {
        LOG.debug("client gone", e);
    }

    /// @return null where nobody listens any more
    @ExceptionHandler
    @Nullable ResponseEntity<?> answer(Exception e) {
        if (e.getCause() instanceof AsyncRequestNotUsableException) {
            LOG.debug("client gone while it was answered", e);
            return null;
        }
        var problem = problem(e);
        if (problem.status().is5xxServerError()) {
            LOG.error("answered {}", problem.code(), e);
        }
        return problem.answer(headers(e));
    }

    /// `Allow` with 405, `Accept` with 415: Spring knows them.
    private static HttpHeaders headers(Exception e) {
        return switch (e) {
            case ProblemException known -> known.headers();
            case ErrorResponse known -> known.getHeaders();
            default -> HttpHeaders.EMPTY;
        };
    }

    static Problem problem(Exception e) {
        return switch (e) {
            case ProblemException known -> known.problem();
            case HttpMessageNotReadableException unreadable ->
                    UnreadableBody.problem(unreadable.getCause());
            case MethodArgumentTypeMismatchException mismatch -> mismatch(mismatch);
            case MissingServletRequestParameterException missing ->
                    missing("parameter_missing", "?" + missing.getParameterName());
            case MissingRequestHeaderException missing ->
                    missing("header_missing", missing.getHeaderName() + ":");
            case NoResourceFoundException _, NoHandlerFoundException _ ->
                    ofStatus(NOT_FOUND, "Nothing is here.");
            case HttpRequestMethodNotSupportedException refused ->
                    ofStatus(METHOD_NOT_ALLOWED, refused.getMethod() + " is not possible here.");
            case HttpMediaTypeNotAcceptableException _ ->
                    ofStatus(NOT_ACCEPTABLE, "No form that Accept names is to be had here.");
            case HttpMediaTypeNotSupportedException refused ->
                    ofStatus(UNSUPPORTED_MEDIA_TYPE, sent(refused) + " is not understood here.");
            case UncheckedIOException broken when broken.getCause() instanceof BodyLimit.Passed ->
                    BodyLimit.PROBLEM;
            case BodyLimit.Passed _ -> BodyLimit.PROBLEM;
            case DataIntegrityViolationException refused when isNoText(refused) ->
                    Problem.of(
                            BAD_REQUEST,
                            "invalid_value",
                            "A text has the character U+0000, which cannot be kept: leave it out.");
            case DataAccessResourceFailureException _,
                    TransientDataAccessException _,
                    RecoverableDataAccessException _,
                    CannotCreateTransactionException _,
                    UncheckedIOException _ ->
                    Problem.of(
                                    SERVICE_UNAVAILABLE,
                                    "storage_unavailable",
                                    "The storage does not answer. Send the same request again.")
                            .retryAfter(SHORTLY);
            case ErrorResponse known -> ofStatus(known.getStatusCode(), null);
            default -> ofStatus(INTERNAL_SERVER_ERROR, null);
        };
    }

    /// PostgreSQL's `character_not_in_repertoire`: what it takes for text has no U+0000.
    private static boolean isNoText(DataIntegrityViolationException e) {
        return e.getRootCause() instanceof SQLException cause
                && "22021".equals(cause.getSQLState());
    }

    /// The problem of an HTTP status that nothing more is known of: its code is the status's name.
    static Problem ofStatus(HttpStatusCode status, @Nullable String detail) {
        var known = HttpStatus.resolve(status.value());
        if (known == null || known == INTERNAL_SERVER_ERROR) {
            return Problem.of(
                    INTERNAL_SERVER_ERROR,
                    "internal_error",
                    "Something is wrong on our side. Quote the request_id when you report it.");
        }
        var said = detail == null ? known.getReasonPhrase() + "." : detail;
        return Problem.of(known, known.name().toLowerCase(Locale.ROOT), said);
    }

    private static Problem missing(String code, String pointer) {
        return Problem.of(BAD_REQUEST, code, pointer + " is missing.").at(pointer, "is missing");
    }

    private static Problem mismatch(MethodArgumentTypeMismatchException e) {
        var message =
                "'%s' is not of type %s"
                        .formatted(
                                e.getValue(),
                                e.getRequiredType() == null
                                        ? "expected"
                                        : e.getRequiredType().getSimpleName());
        return Problem.of(BAD_REQUEST, "invalid_value", "?" + e.getName() + ": " + message)
                .at("?" + e.getName(), message);
    }

    private static String sent(HttpMediaTypeNotSupportedException e) {
        return e.getContentType() == null ? "A body without type" : e.getContentType().toString();
    }
}
