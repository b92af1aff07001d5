package org.wattmark.server.ledger;

/// A row of the journal cannot be what was written there.
public final class UnreadableRow extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UnreadableRow(String what) {
        super(what);
    }
}
