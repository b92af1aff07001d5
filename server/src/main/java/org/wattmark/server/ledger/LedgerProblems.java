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

    /// A server that stands by takes over from a dead leader in about four; and what fills the
    /// waiting room is decided within one.
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    /// Somebody has to be woken first.
    private static final Duration LATER = Duration.ofSeconds(30);

    private static final String SAFE =
            " Send the same request again, with the same id: it is done once.";

    private final SequencerWatch watch;

    LedgerProblems(SequencerWatch watch) {
        this.watch = watch;
    }

    @ExceptionHandler
    ResponseEntity<?> unavailable(Sequencer.Unavailable e) {
        if (watch.trouble().isPresent()) {
            return unavailable(
                    "writes_stopped",
                    "This server takes no writes until its operator has looked into it." + SAFE,
                    LATER);
        }
        if (!watch.leads()) {
            return unavailable(
                    "not_leading",
                    "Another server takes the writes, or will soon." + SAFE,
                    AT_ONCE);
        }
        return unavailable(
                "outcome_unknown",
                "It is not known yet whether this was done (" + e.getMessage() + ")." + SAFE,
                SHORTLY);
    }

    @ExceptionHandler
    ResponseEntity<?> full(Sequencer.Full e) {
        return unavailable(
                "too_busy",
                "More commands wait than are let in, %,d for each client; nothing was done."
                                .formatted(Sequencer.MAX_WAITING_OF_ONE)
                        + SAFE,
                AT_ONCE);
    }

    private static ResponseEntity<?> unavailable(String code, String detail, Duration wait) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, code, detail).retryAfter(wait).answer();
    }
}
