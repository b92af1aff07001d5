package org.wattmark.server.carboncred.api;

import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.ledger.Receipt;
import org.wattmark.registry.RetireCredits;
import org.wattmark.registry.Retirement;
import org.wattmark.registry.RetirementStatement;
import org.wattmark.units.Canonical;

/// Asks to retire the kilogram that a handle was bought by.
///
/// @param retirement of 1,000 g of the listing's block
record RetireCredit(RetireCredits retirement, CreditHandle.Key handle)
        implements Command<RetireCredit.Outcome> {

    RetireCredit {
        if (!retirement.quantity().equals(BuyCredit.KILOGRAM)) {
            throw new IllegalArgumentException("a handle is to a kilogram: " + retirement);
        }
    }

    @Override
    public UUID id() {
        return retirement.id();
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/retire-credit/v1")
                .bytes(retirement.content())
                .id(handle.listing())
                .number(handle.kilogram())
                .toByteArray();
    }

    @Override
    public Outcome idStandsForAnother() {
        return new Outcome.Refused(Retirement.Reason.ID_STANDS_FOR_ANOTHER);
    }

    /// What came of it.
    sealed interface Outcome {

        record Retired(RetirementStatement statement, Receipt receipt) implements Outcome {}

        record Denied(Reason reason) implements Outcome {}

        /// As the registry says.
        record Refused(Retirement.Reason reason) implements Outcome {}
    }

    /// In order of precedence.
    enum Reason {
        /// Nobody has bought it yet.
        NOT_BOUGHT,
        /// Somebody else has.
        NOT_YOURS,
        ALREADY_RETIRED
    }
}
