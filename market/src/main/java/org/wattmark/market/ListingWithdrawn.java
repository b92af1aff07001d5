package org.wattmark.market;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// A seller took a listing back.
///
/// @param returned what was left of it
public record ListingWithdrawn(UUID listing, Co2e returned) implements Fact {

    public static final String DOMAIN = "wattmark/listing-withdrawn/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(listing).co2e(returned).toByteArray();
    }

    public static ListingWithdrawn of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        var withdrawn = new ListingWithdrawn(reader.id(), reader.co2e());
        reader.end();
        return withdrawn;
    }
}
