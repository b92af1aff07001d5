package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// An intervention was approved or rejected. Who decided is in the log only as a commitment.
public record InterventionDecided(UUID intervention, InterventionCase.State state, UUID person)
        implements Fact {

    public static final String DOMAIN = "wattmark/intervention-decided/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/intervention-decided-published/v1";

    public InterventionDecided {
        if (state == InterventionCase.State.PROPOSED) {
            throw new IllegalArgumentException("that is no decision: " + state);
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(intervention).text(state.name()).id(person).toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return InterventionProposed.committed(PUBLISHED_DOMAIN, intervention, content(), salt);
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static InterventionDecided of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new InterventionDecided(
                                reader.id(),
                                InterventionCase.State.valueOf(reader.text()),
                                reader.id()));
    }
}
