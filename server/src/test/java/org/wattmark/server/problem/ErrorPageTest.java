package org.wattmark.server.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpHeaders;
import org.springframework.mock.web.MockHttpServletRequest;

/// What goes wrong in a filter, where no controller is yet.
class ErrorPageTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void aDatabaseThatIsAwayIsWaitedForWhoeverAskedIt() {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(
                RequestDispatcher.ERROR_EXCEPTION, new DataAccessResourceFailureException("gone"));

        var answer = new ErrorPage().answer(request);

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst(HttpHeaders.RETRY_AFTER)).isEqualTo("2");
    }

    @Test
    void whatNobodyExpectedKeepsOurInsidesToItself() {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 500);
        request.setAttribute(
                RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("secret inside"));

        var answer = new ErrorPage().answer(request);

        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(String.valueOf(answer.getBody())).doesNotContain("secret inside");
    }

    @Test
    void aStatusAloneIsToldByItsName() {
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, 404);

        assertThat(new ErrorPage().answer(request).getStatusCode().value()).isEqualTo(404);
    }
}
