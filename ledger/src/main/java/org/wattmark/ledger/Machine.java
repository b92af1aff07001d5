package org.wattmark.ledger;

/// State that is the sum of its facts: the ledger, the registry, the exchange.
///
/// A machine decides commands by looking at its state and recording facts, and changes its state
/// nowhere else than in [#apply]. So a replay of the journal gives the same state.
public interface Machine {

    /// Takes over what the fact says; a fact of another machine is passed over.
    void apply(Entry entry);

    /// The maps were filled, or emptied, from outside: whatever the machine derives from them has
    /// to be derived anew.
    default void restored() {}
}
