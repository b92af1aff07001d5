package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Money;

/// Money was put aside for a programme, and its pool holds as much more.
///
/// @param command that asked for it
public record PoolFunded(UUID command, UUID programme, AccountId funder, Money money)
        implements Committed {

    public static final String DOMAIN = "wattmark/reward-pool-funded/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/reward-pool-funded-published/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(command)
                .id(programme)
                .text(funder.value())
                .money(money)
                .toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return programme;
    }

    public static PoolFunded of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new PoolFunded(
                                reader.id(),
                                reader.id(),
                                new AccountId(reader.text()),
                                reader.money()));
    }
}
