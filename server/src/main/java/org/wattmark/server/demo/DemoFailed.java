package org.wattmark.server.demo;

/// A step of the demo was answered with something else than success; the message says what.
final class DemoFailed extends RuntimeException {

    DemoFailed(String what) {
        super(what);
    }
}
