package org.wattmark.server.ledger;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// How one kind of fact is read back from its content.
///
/// @param domain with which its content begins
public record FactForm(String domain, Parser parser) {

    /// Reads a fact's content.
    @FunctionalInterface
    public interface Parser {

        Fact parse(byte[] content) throws Canonical.Malformed;
    }
}
