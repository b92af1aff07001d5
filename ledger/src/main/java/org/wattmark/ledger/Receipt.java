package org.wattmark.ledger;

/// What a client keeps of an answer that moved value, to prove later what it was told.
///
/// @param sequence the place in the journal, and the leaf's index in the transparency log
/// @param leafHash the RFC 6962 hash of the leaf, in lower-case hex
public record Receipt(long sequence, String leafHash) {}
