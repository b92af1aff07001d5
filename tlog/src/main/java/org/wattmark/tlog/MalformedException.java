package org.wattmark.tlog;

/// Text or bytes from outside are not what they claim to be: the one exception of every `parse`.
public final class MalformedException extends IllegalArgumentException {

    MalformedException(String message) {
        super(message);
    }

    MalformedException(String message, Throwable cause) {
        super(message, cause);
    }
}
