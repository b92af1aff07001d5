package org.wattmark.server.carboncred.api;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.wattmark.server.problem.Problem;
import org.wattmark.server.problem.ProblemException;
import tools.jackson.databind.json.JsonMapper;

/// Refuses on CarbonCred's paths as its clients read it: what is wrong with fields as `{"field":
/// ["message"]}`, and everything else as a problem of RFC 9457, whose `detail` is what they look
/// for. What a rule refuses, 422 elsewhere, is 409 here.
@Order(Ordered.HIGHEST_PRECEDENCE)
@RestControllerAdvice(basePackageClasses = FieldRefusals.class)
final class FieldRefusals {

    /// Where the whole body is wrong.
    private static final String NO_FIELD = "non_field_errors";

    private static final JsonMapper JSON = JsonMapper.shared();

    @ExceptionHandler({
        ProblemException.class,
        HttpMessageNotReadableException.class,
        MethodArgumentTypeMismatchException.class
    })
    ResponseEntity<?> answer(Exception e) {
        var problem = Problem.ofException(e);
        if (problem.status() == HttpStatus.BAD_REQUEST && !problem.faults().isEmpty()) {
            return ResponseEntity.badRequest()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(JSON.writeValueAsBytes(fields(problem)));
        }
        var headers = e instanceof ProblemException known ? known.headers() : HttpHeaders.EMPTY;
        return softened(problem).answer(headers);
    }

    private static Problem softened(Problem problem) {
        return problem.status() == HttpStatus.UNPROCESSABLE_CONTENT
                ? Problem.of(HttpStatus.CONFLICT, problem.code(), problem.detail())
                : problem;
    }

    private static Map<String, List<String>> fields(Problem problem) {
        var fields = new LinkedHashMap<String, List<String>>();
        problem.faults()
                .forEach(fault ->
                        fields.computeIfAbsent(name(fault.pointer()), _ -> new ArrayList<>())
                                .add(fault.message()));
        return fields;
    }

    private static String name(String pointer) {
        var name = pointer.replaceFirst("^[/?]", "").replace('/', '.');
        return name.isEmpty() ? NO_FIELD : name;
    }
}
