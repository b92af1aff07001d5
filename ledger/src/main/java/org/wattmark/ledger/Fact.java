package org.wattmark.ledger;

/// Something that was decided and stands for ever: a transfer, a receipt for readings, a statement,
/// an act of administration. The state of every machine is what its facts add up to.
public interface Fact {

    /// All of it, canonical: a machine can be rebuilt from these bytes.
    byte[] content();

    /// What the public log shows. Amounts of money and anything personal are in it only as a
    /// commitment, SHA-256 over the salt and the value.
    ///
    /// @param salt 32 random bytes that lie outside the log; empty unless [#isSalted()]
    default byte[] published(byte[] salt) {
        return content();
    }

    /// Whether some part is published as a commitment only.
    default boolean isSalted() {
        return false;
    }
}
