package org.wattmark.ledger;

import org.wattmark.units.Canonical;

/// From here on nothing moves in an asset, or everything may again.
public record AssetFreezeSet(Asset asset, boolean frozen) implements Fact {

    public static final String DOMAIN = "wattmark/asset-freeze-set/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).text(asset.code()).number(frozen ? 1 : 0).toByteArray();
    }

    public static AssetFreezeSet of(byte[] content) throws Canonical.Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var asset = new Asset(reader.text());
            long frozen = reader.number();
            if (frozen != 0 && frozen != 1) {
                throw new Canonical.Malformed("neither yes nor no: " + frozen);
            }
            reader.end();
            return new AssetFreezeSet(asset, frozen == 1);
        } catch (IllegalArgumentException e) {
            throw new Canonical.Malformed(String.valueOf(e.getMessage()));
        }
    }
}
