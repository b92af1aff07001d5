package org.wattmark.registry;

import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// The registry charges by this schedule as soon as its time has come.
public record FeesSet(FeeVersion version) implements Fact {

    public static final String DOMAIN = "wattmark/registry-fees-set/v1";

    @Override
    public byte[] content() {
        return version.schedule()
                .writeTo(Canonical.of(DOMAIN).number(version.number()))
                .toByteArray();
    }

    public static FeesSet of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new FeesSet(
                                new FeeVersion(
                                        Math.toIntExact(reader.number()),
                                        FeeSchedule.read(reader))));
    }
}
