package org.wattmark.server.problem;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// Answers what went wrong before or after any controller, such as in a filter.
@Hidden
@RestController
class ErrorPage implements ErrorController {

    /// What a filter threw means what it means in a controller: without a database nobody can be
    /// told who they are, and the same request is well a moment later.
    @RequestMapping("/error")
    ResponseEntity<?> answer(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Exception thrown) {
            return Problems.problem(thrown).answer();
        }
        var status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        var code = HttpStatusCode.valueOf(status instanceof Integer known ? known : 404);
        return Problems.ofStatus(code, null).answer();
    }
}
