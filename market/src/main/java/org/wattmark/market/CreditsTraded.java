package org.wattmark.market;

import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.verification.UnitClass;

/// A purchase was settled. The log shows what went from whom to whom; what was paid for it, only as
/// one commitment to price, fee and proceeds.
public record CreditsTraded(Trade trade) implements Fact {

    public static final String DOMAIN = "wattmark/credits-traded/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/credits-traded-published/v1";

    private static final String PAYMENT_DOMAIN = "wattmark/payment/v1";

    @Override
    public byte[] content() {
        return paid(publicPart(DOMAIN)).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return publicPart(PUBLISHED_DOMAIN)
                .text(trade.price().currency().getCurrencyCode())
                .bytes(Commitment.to(paid(Canonical.of(PAYMENT_DOMAIN)).toByteArray(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    private Canonical publicPart(String domain) {
        return Canonical.of(domain)
                .id(trade.id())
                .id(trade.listing())
                .text(trade.seller().value())
                .text(trade.buyer().value())
                .id(trade.block())
                .text(trade.unitClass().name())
                .co2e(trade.quantity())
                .instant(trade.at());
    }

    private Canonical paid(Canonical bytes) {
        return bytes.money(trade.price()).money(trade.fee()).money(trade.proceeds());
    }

    public static CreditsTraded of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var traded = new CreditsTraded(read(reader));
            reader.end();
            return traded;
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }

    private static Trade read(Canonical.Reader reader) throws Canonical.Malformed {
        var id = reader.id();
        var listing = reader.id();
        var seller = new AccountId(reader.text());
        var buyer = new AccountId(reader.text());
        var block = reader.id();
        var unitClass = UnitClass.valueOf(reader.text());
        var quantity = reader.co2e();
        var at = reader.instant();
        return new Trade(
                id,
                listing,
                seller,
                buyer,
                block,
                unitClass,
                quantity,
                reader.money(),
                reader.money(),
                reader.money(),
                at);
    }
}
