package org.wattmark.ledger;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// A transfer took place, by itself or as a step of a hold.
///
/// @param hold the hold it belongs to; the transfer's own id if it belongs to none
public record TransferPosted(Transfer transfer, Role role, UUID hold) implements Fact {

    public static final String DOMAIN = "wattmark/transfer/v1";
    public static final String COMMITTED_DOMAIN = "wattmark/committed-transfer/v1";

    /// What the transfer does to its hold.
    public enum Role {
        PLAIN,
        RESERVES,
        CAPTURES,
        RELEASES
    }

    static TransferPosted plain(Transfer transfer) {
        return new TransferPosted(transfer, Role.PLAIN, transfer.id());
    }

    @Override
    public byte[] content() {
        return inWords(DOMAIN).number(transfer.amount()).toByteArray();
    }

    /// Amounts of units are public. Of money the log shows who and which currency, and a commitment
    /// to how much.
    @Override
    public byte[] published(byte[] salt) {
        return isSalted()
                ? inWords(COMMITTED_DOMAIN)
                        .bytes(Commitment.to(transfer.amount(), salt))
                        .toByteArray()
                : content();
    }

    @Override
    public boolean isSalted() {
        return transfer.asset().isMoney();
    }

    private Canonical inWords(String domain) {
        return Canonical.of(domain)
                .id(transfer.id())
                .text(role.name())
                .id(hold)
                .text(transfer.debit().value())
                .text(transfer.credit().value())
                .text(transfer.asset().code());
    }

    public static TransferPosted of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var id = reader.id();
            var role = Role.valueOf(reader.text());
            var hold = reader.id();
            var transfer =
                    new Transfer(
                            id,
                            new AccountId(reader.text()),
                            new AccountId(reader.text()),
                            new Asset(reader.text()),
                            reader.number());
            reader.end();
            return new TransferPosted(transfer, role, hold);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
