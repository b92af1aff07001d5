package org.wattmark.ledger;

import java.util.UUID;

/// A command that a bug of ours meets, after its handler has moved 1 g from Alice to Bob.
record Stumble(UUID id, How how) implements Command<Posting> {

    enum How {
        HANDLER_THROWS,
        ASSERTION_FAILS,
        CONTENT_THROWS,
        /// Reserves 1 g, and throws where that is reserved already.
        AGAIN_THROWS
    }

    Posting handledBy(Ledger ledger) {
        if (how == How.AGAIN_THROWS) {
            if (ledger.hold(id).isPresent()) {
                throw new IllegalStateException("a hold nobody may have made");
            }
            return ledger.reserve(id, Books.ALICE, Books.BLOCK, 1);
        }
        ledger.post(Transfer.numbered(id, 0, Books.ALICE, Books.BOB, Books.BLOCK, 1));
        if (how == How.ASSERTION_FAILS) {
            throw new AssertionError("this cannot happen");
        }
        throw new IllegalStateException("a bug");
    }

    @Override
    public byte[] content() {
        if (how == How.CONTENT_THROWS) {
            throw new IllegalArgumentException("finer than a microsecond");
        }
        return new byte[0];
    }

    @Override
    public Posting idStandsForAnother() {
        throw new AssertionError("a stumble has one content");
    }
}
