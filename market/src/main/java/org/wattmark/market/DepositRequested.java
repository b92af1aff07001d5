package org.wattmark.market;

import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// Somebody saw money at the bank. The log shows whose it is to be and in which currency; how much,
/// under which reference and who saw it, only as a commitment.
///
/// @param deposit as it was requested
public record DepositRequested(Deposit deposit) implements Fact {

    public static final String DOMAIN = "wattmark/deposit-requested/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/deposit-requested-published/v1";

    public DepositRequested {
        if (deposit.state() != Deposit.State.REQUESTED) {
            throw new IllegalArgumentException("a deposit begins requested: " + deposit);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(deposit.id())
                .id(deposit.requestedBy())
                .text(deposit.account().value())
                .money(deposit.money())
                .text(deposit.reference())
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(deposit.id())
                .text(deposit.account().value())
                .text(deposit.money().currency().getCurrencyCode())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static DepositRequested of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var deposit =
                    Deposit.requested(
                            reader.id(),
                            reader.id(),
                            new AccountId(reader.text()),
                            reader.money(),
                            reader.text());
            reader.end();
            return new DepositRequested(deposit);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
