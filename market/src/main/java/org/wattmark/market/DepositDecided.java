package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A deposit was posted or rejected. Who decided is in the log only as a commitment.
public record DepositDecided(UUID deposit, Deposit.State state, UUID person) implements Fact {

    public static final String DOMAIN = "wattmark/deposit-decided/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/deposit-decided-published/v1";

    public DepositDecided {
        if (state == Deposit.State.REQUESTED) {
            throw new IllegalArgumentException("that is no decision: " + state);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(deposit).text(state.name()).id(person).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(deposit)
                .text(state.name())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static DepositDecided of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var decided =
                    new DepositDecided(
                            reader.id(), Deposit.State.valueOf(reader.text()), reader.id());
            reader.end();
            return decided;
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
