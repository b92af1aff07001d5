package org.wattmark.server.carboncred;

import java.util.Optional;
import java.util.UUID;
import org.wattmark.units.Canonical;

/// A credit that somebody had in CarbonCred, of one kilogram of CO₂e, at the end of its ledger.
///
/// It is T0 history, what its owner says: nothing was issued for it, nothing can be bought, retired
/// or certified by it.
///
/// @param row of the credit's last entry
/// @param holder the entity that CarbonCred names, which is the id of one of its users
/// @param name the user's organisation, as CarbonCred has it; empty if it is not known
/// @param organisation which of ours an operator says that it is
public record ImportedHolding(
        long row,
        UUID credit,
        String holder,
        String name,
        Optional<UUID> organisation,
        Status status) {

    /// CarbonCred makes one credit for each kilogram (`mint_credits_for_project`).
    public static final int KILOGRAMS = 1;

    /// CarbonCred's columns have room for no more.
    static final int MAX_TEXT_LENGTH = 255;

    /// In the words that credits have everywhere.
    public enum Status {
        /// Bought, and not retired.
        HELD,
        /// Minted, and on the market ever since: its holder is who minted it.
        RESERVED,
        RETIRED,
        /// Its entries contradict each other, or one of them is where the chain breaks.
        SUSPENDED
    }

    public ImportedHolding {
        if (holder.length() > MAX_TEXT_LENGTH || name.length() > MAX_TEXT_LENGTH) {
            throw new IllegalArgumentException("a holder's name has 255 characters at most");
        }
    }

    ImportedHolding of(String organisationName, Optional<UUID> ours) {
        return new ImportedHolding(row, credit, holder, organisationName, ours, status);
    }

    void addTo(Canonical content) {
        content.number(row)
                .id(credit)
                .text(holder)
                .text(name)
                .text(organisation.map(UUID::toString).orElse(""))
                .text(status.name());
    }

    static ImportedHolding read(Canonical.Reader reader) throws Canonical.Malformed {
        long row = reader.number();
        var credit = reader.id();
        var holder = reader.text();
        var name = reader.text();
        var organisation = reader.text();
        return new ImportedHolding(
                row,
                credit,
                holder,
                name,
                Optional.of(organisation).filter(it -> !it.isEmpty()).map(UUID::fromString),
                Status.valueOf(reader.text()));
    }
}
