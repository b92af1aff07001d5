package org.wattmark.rewards;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A tariff applies. It is public with its source, so that everybody can check a reward's price.
public record TariffSet(Tariff tariff) implements Fact {

    public static final String DOMAIN = "wattmark/tariff-set/v1";

    @Override
    public byte[] content() {
        return tariff.writeTo(Canonical.of(DOMAIN)).toByteArray();
    }

    public static TariffSet of(byte[] content) throws Canonical.Malformed {
        return Form.read(DOMAIN, content, reader -> new TariffSet(Tariff.read(reader)));
    }
}
