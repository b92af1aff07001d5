package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Money;

/// A fee was paid, together with what it was for. The log shows a commitment to the amount.
///
/// @param id of the issuance or retirement
/// @param version of the schedule
public record FeeCharged(
        UUID id, FeeSchedule.Kind kind, AccountId payer, int version, Co2e quantity, Money amount)
        implements Fact {

    public static final String DOMAIN = "wattmark/registry-fee-charged/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/registry-fee-charged-published/v1";

    @Override
    public byte[] content() {
        return publicPart(DOMAIN).money(amount).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return publicPart(PUBLISHED_DOMAIN)
                .text(amount.currency().getCurrencyCode())
                .bytes(Commitment.to(amount.minorUnits(), salt))
                .toByteArray();
    }

    private Canonical publicPart(String domain) {
        return Canonical.of(domain)
                .id(id)
                .text(kind.name())
                .text(payer.value())
                .number(version)
                .co2e(quantity);
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static FeeCharged of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new FeeCharged(
                                reader.id(),
                                FeeSchedule.Kind.valueOf(reader.text()),
                                new AccountId(reader.text()),
                                Math.toIntExact(reader.number()),
                                reader.co2e(),
                                reader.money()));
    }
}
