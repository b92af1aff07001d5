package org.wattmark.server.metering;

import java.time.DateTimeException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.wattmark.server.problem.Problem;

/// Turns fields of a request into the domain's types, and says which field cannot be one.
final class Fields {

    private Fields() {}

    /// A field that has to be there. The JSON reader names the object that lacks it.
    static <T> T present(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }

    /// Reads a value; what the domain has against it is a 400 that names the place.
    ///
    /// @param pointer as in [Problem.Fault]
    static <T> T at(String pointer, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException e) {
            throw invalid(pointer, String.valueOf(e.getMessage()));
        }
    }

    static RuntimeException invalid(String pointer, String message) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "invalid_value",
                        "The value at " + pointer + " cannot be taken: " + message)
                .at(pointer, message)
                .asException();
    }
}
