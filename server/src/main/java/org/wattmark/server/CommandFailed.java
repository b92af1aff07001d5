package org.wattmark.server;

/// A command cannot do what was asked, for a reason that the one who asked can put right.
public final class CommandFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CommandFailed(String message) {
        super(message);
    }
}
