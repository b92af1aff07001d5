package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A fact of which the log shows what it is about, and of the rest a commitment to its content: it
/// tells of a person, of money, or of what a household generates.
interface Committed extends Fact {

    String publishedDomain();

    /// What it is about: a programme, a proposal, a stake.
    UUID subject();

    @Override
    default byte[] published(byte[] salt) {
        return Canonical.of(publishedDomain())
                .id(subject())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    default boolean isSalted() {
        return true;
    }
}
