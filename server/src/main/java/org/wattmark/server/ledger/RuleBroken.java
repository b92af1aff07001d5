package org.wattmark.server.ledger;

/// What the database holds contradicts what the machines in memory decided on: a fault of ours.
public final class RuleBroken extends RuntimeException {

    public RuleBroken(String what) {
        super(what);
    }
}
