package org.wattmark.server.ledger;

import java.time.Duration;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.wattmark.ledger.Sequencer;
import org.wattmark.server.problem.Problem;

/// What clients hear when the sequencer cannot say what came of a command.
@RestControllerAdvice
class LedgerProblems {

    /// PostgreSQL is back from a crash in about two seconds.
    private static final Duration SHORTLY = Duration.ofSeconds(2);

    @ExceptionHandler
    ResponseEntity<?> unavailable(Sequencer.Unavailable e) {
        return Problem.of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "outcome_unknown",
                        "It is not known yet whether this was done ("
                                + e.getMessage()
                                + "). Send the same request again, with the same id: it is done"
                                + " once.")
                .retryAfter(SHORTLY)
                .answer();
    }
}
