package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.units.Price;
import org.wattmark.verification.UnitClass;

/// Credits are offered from here on. The log shows what and by whom; the price only as a
/// commitment, as everybody's payments would follow from it.
///
/// @param listing as it opened
public record CreditsListed(Listing listing) implements Fact {

    public static final String DOMAIN = "wattmark/credits-listed/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/credits-listed-published/v1";

    public CreditsListed {
        if (listing.state() != Listing.State.OPEN || !listing.sold().isZero()) {
            throw new IllegalArgumentException("a listing opens whole: " + listing);
        }
    }

    @Override
    public byte[] content() {
        return publicPart(DOMAIN).money(listing.price().perTonne()).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        var perTonne = listing.price().perTonne();
        return publicPart(PUBLISHED_DOMAIN)
                .text(perTonne.currency().getCurrencyCode())
                .bytes(Commitment.to(perTonne.minorUnits(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    private Canonical publicPart(String domain) {
        return Canonical.of(domain)
                .id(listing.id())
                .text(listing.seller().value())
                .id(listing.block())
                .text(listing.unitClass().name())
                .co2e(listing.quantity());
    }

    public static CreditsListed of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            UUID id = reader.id();
            var listing =
                    Listing.open(
                            id,
                            new AccountId(reader.text()),
                            reader.id(),
                            UnitClass.valueOf(reader.text()),
                            reader.co2e(),
                            new Price(reader.money()));
            reader.end();
            return new CreditsListed(listing);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
