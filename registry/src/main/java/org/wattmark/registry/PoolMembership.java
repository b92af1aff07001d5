package org.wattmark.registry;

import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;

/// A pool was founded, or an organisation was invited to one, joined it or left it. The log shows
/// of which project; who, only as a commitment.
///
/// @param person who did it
public record PoolMembership(UUID project, UUID organisation, PoolStanding standing, UUID person)
        implements Fact {

    public static final String DOMAIN = "wattmark/pool-membership/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/pool-membership-changed/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(project)
                .id(organisation)
                .text(standing.name())
                .id(person)
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(project)
                .text(standing.name())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static PoolMembership of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(
                DOMAIN,
                content,
                reader ->
                        new PoolMembership(
                                reader.id(),
                                reader.id(),
                                PoolStanding.valueOf(reader.text()),
                                reader.id()));
    }
}
