package org.wattmark.server.carboncred.api;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// What is wrong with a body, all of it: the fields and a message for each.
final class Invalid {

    static final String REQUIRED = "This field is required.";

    private Problem problem =
            Problem.of(HttpStatus.BAD_REQUEST, "invalid_value", "The request cannot be taken.");

    Invalid add(String field, String message) {
        problem = problem.at("/" + field, message);
        return this;
    }

    /// Answers 400 if anything is wrong.
    void refuse() {
        if (!problem.faults().isEmpty()) {
            throw problem.asException();
        }
    }

    /// For the rule that a field by itself breaks.
    static RuntimeException of(String field, String message) {
        return new Invalid().add(field, message).problem.asException();
    }

    /// The value, or a fault and a stand-in that is never used.
    <T> T require(String field, @Nullable T value, T standIn) {
        if (value == null) {
            add(field, REQUIRED);
            return standIn;
        }
        return value;
    }

    /// A line of text for people.
    String text(String field, @Nullable String value, int most) {
        if (value == null) {
            add(field, REQUIRED);
            return "";
        }
        var text = value.strip();
        if (text.isEmpty()) {
            add(field, "This field may not be blank.");
        } else if (text.length() > most) {
            add(field, "Ensure this field has no more than " + most + " characters.");
        } else if (text.codePoints().anyMatch(Invalid::isNoText)) {
            add(field, "Control characters and halves of characters are not allowed.");
        }
        return text;
    }

    private static boolean isNoText(int codePoint) {
        return Character.isISOControl(codePoint)
                || Character.getType(codePoint) == Character.SURROGATE;
    }

    String choice(String field, @Nullable String value, List<String> choices) {
        if (value == null) {
            add(field, REQUIRED);
            return "";
        }
        if (!choices.contains(value)) {
            add(field, "This is not a valid choice. Choose one of " + choices + ".");
        }
        return value;
    }
}
