package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// An intervention took effect. All of it is public; what it moved stands in entries of its own.
public record InterventionMade(UUID id, Intervention intervention, Grounds grounds)
        implements Fact {

    public static final String DOMAIN = "wattmark/intervention-made/v1";

    @Override
    public byte[] content() {
        return grounds.writeTo(intervention.writeTo(Canonical.of(DOMAIN).id(id))).toByteArray();
    }

    public static InterventionMade of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new InterventionMade(
                                reader.id(), Intervention.read(reader), Grounds.read(reader)));
    }
}
