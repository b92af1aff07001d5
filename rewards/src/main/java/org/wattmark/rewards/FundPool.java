package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Money;

/// Puts money of one's own aside for a programme. It does not come back.
///
/// @param funder the account of the organisation that acts
/// @param money at least one minor unit
public record FundPool(UUID id, AccountId funder, UUID programme, Money money)
        implements Command<Funding> {

    public FundPool {
        requireCountable(money);
    }

    static void requireCountable(Money money) {
        if (money.minorUnits() < 1) {
            throw new IllegalArgumentException("at least one minor unit of money moves");
        }
        if (!MicroMoney.canCount(money)) {
            throw new IllegalArgumentException("more than 2^63 - 1 micro-units: " + money);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/fund-reward-pool/v1")
                .text(funder.value())
                .id(programme)
                .money(money)
                .toByteArray();
    }

    @Override
    public Funding idStandsForAnother() {
        return new Funding.Refused(Funding.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
