package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Command;
import org.wattmark.units.Canonical;
import org.wattmark.units.Money;

/// Asks to credit money that has reached the bank; the deposit's id is the command's.
///
/// @param operator the person who asks
/// @param money at least one minor unit
/// @param externalReference the bank's own for the payment
public record RequestDeposit(
        UUID id, UUID operator, AccountId account, Money money, String externalReference)
        implements Command<DepositStep> {

    /// As long as a bank's remittance information gets: ISO 20022, `Max140Text`.
    public static final int MAX_REFERENCE = 140;

    public RequestDeposit {
        Holder.require(account);
        if (money.minorUnits() < 1) {
            throw new IllegalArgumentException("a deposit is of at least one minor unit");
        }
        if (externalReference.isEmpty()
                || externalReference.length() > MAX_REFERENCE
                || !externalReference.equals(externalReference.strip())
                || !externalReference.codePoints().allMatch(RequestDeposit::isPrintable)) {
            throw new IllegalArgumentException(
                    "a reference has 1 to "
                            + MAX_REFERENCE
                            + " printable characters, and none to strip");
        }
    }

    private static boolean isPrintable(int codePoint) {
        return !Character.isISOControl(codePoint)
                && Character.getType(codePoint) != Character.SURROGATE;
    }

    @Override
    public byte[] content() {
        return Canonical.of("wattmark/request-deposit/v1")
                .id(operator)
                .text(account.value())
                .money(money)
                .text(externalReference)
                .toByteArray();
    }

    @Override
    public DepositStep idStandsForAnother() {
        return new DepositStep.Denied(DepositStep.Reason.ID_STANDS_FOR_ANOTHER);
    }
}
