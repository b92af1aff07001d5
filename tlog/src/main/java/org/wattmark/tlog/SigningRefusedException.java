package org.wattmark.tlog;

/// The log would contradict what it signed before, or its key is not safe to use: nothing was
/// signed.
public final class SigningRefusedException extends RuntimeException {

    SigningRefusedException(String message) {
        super(message);
    }
}
