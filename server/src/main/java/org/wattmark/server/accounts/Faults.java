package org.wattmark.server.accounts;

import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// Refusals of this package.
final class Faults {

    private Faults() {}

    static RuntimeException invalid(String pointer, String message) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid_value",
                        "The value at " + pointer + " cannot be taken: " + message)
                .at(pointer, message)
                .asException();
    }

    static RuntimeException unknown(String what, Object id) {
        return Problem.of(
                        HttpStatus.NOT_FOUND,
                        what + "_unknown",
                        "Your organisation has no " + what.replace('_', ' ') + " " + id + ".")
                .asException();
    }

    static RuntimeException conflict(String code, String detail) {
        return Problem.of(HttpStatus.CONFLICT, code, detail).asException();
    }

    static RuntimeException anotherContent(Object id) {
        return conflict(
                "id_stands_for_another",
                "The id " + id + " stands for another content. Choose a new one.");
    }

    /// A text of 1 to `most` characters without control characters.
    static String text(String pointer, String value, int most) {
        var text = value.strip();
        if (text.isEmpty() || text.length() > most) {
            throw invalid(pointer, "has 1 to " + most + " characters, not " + text.length());
        }
        return line(pointer, text);
    }

    /// A text that may be empty.
    static String optional(String pointer, String value, int most) {
        if (value.length() > most) {
            throw invalid(pointer, "has at most " + most + " characters, not " + value.length());
        }
        return line(pointer, value.strip());
    }

    private static String line(String pointer, String text) {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw invalid(pointer, "has no control characters");
        }
        return text;
    }
}
