package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.metering.Sha256;
import org.wattmark.units.Canonical;

/// What came of the wish for granular certificates: after it, its hours are used up or free again.
///
/// @param state ISSUED or REJECTED
/// @param person who decided; [#MACHINE] if nobody did
/// @param report SHA-256 of the check report that they saw
public record GranularDecided(
        UUID issuance, GranularIssuance.State state, UUID person, Sha256 report) implements Fact {

    public static final String DOMAIN = "wattmark/granular-decided/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/granular-decided-published/v1";

    public static final UUID MACHINE = new UUID(0, 0);

    public GranularDecided {
        if (state == GranularIssuance.State.REQUESTED) {
            throw new IllegalArgumentException("that is no decision");
        }
    }

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(issuance)
                .text(state.name())
                .id(person)
                .bytes(report.bytes())
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(issuance)
                .text(state.name())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static GranularDecided of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new GranularDecided(
                                reader.id(),
                                GranularIssuance.State.valueOf(reader.text()),
                                reader.id(),
                                Sha256.ofDigest(reader.bytes())));
    }
}
