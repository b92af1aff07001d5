package org.wattmark.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.wattmark.ledger.Commitment;
import org.wattmark.ledger.Fact;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;

/// What was credited to a pool for a block is divided among its members, by what each generated.
/// The transfers that follow from it are entries of their own, just before it. The log shows how
/// much was divided and among how many.
///
/// @param id of the command
/// @param shares by their members' ids as text
public record PoolDivided(UUID id, UUID project, UUID block, Co2e divided, List<PoolShare> shares)
        implements Fact {

    public static final String DOMAIN = "wattmark/pool-division/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/pool-divided/v1";

    public PoolDivided {
        shares = List.copyOf(shares);
    }

    /// To all together.
    public Co2e given() {
        return shares.stream().map(PoolShare::given).reduce(Co2e.ZERO, Co2e::plus);
    }

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(id)
                        .id(project)
                        .id(block)
                        .co2e(divided)
                        .number(shares.size());
        for (var share : shares) {
            bytes.id(share.member())
                    .energy(share.generated())
                    .co2e(share.given())
                    .number(share.carriedNanograms());
        }
        return bytes.toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(id)
                .id(project)
                .id(block)
                .co2e(divided)
                .co2e(given())
                .number(shares.size())
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    public static PoolDivided of(byte[] content) throws Canonical.Malformed {
        return RegistryForm.read(DOMAIN, content, PoolDivided::read);
    }

    private static PoolDivided read(Canonical.Reader reader) throws Canonical.Malformed {
        var id = reader.id();
        var project = reader.id();
        var block = reader.id();
        var divided = reader.co2e();
        long count = reader.number();
        var shares = new ArrayList<PoolShare>();
        for (long i = 0; i < count; i++) {
            shares.add(new PoolShare(reader.id(), reader.energy(), reader.co2e(), reader.number()));
        }
        return new PoolDivided(id, project, block, divided, shares);
    }
}
