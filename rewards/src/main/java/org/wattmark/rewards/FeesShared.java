package org.wattmark.rewards;

import java.time.Instant;
import java.util.UUID;
import org.wattmark.units.Canonical;
import org.wattmark.units.Money;

/// Fees were shared among a programme's stakes that earned at that time, by what they weigh.
///
/// @param command that approved it
public record FeesShared(UUID command, UUID programme, Money money, Instant at)
        implements Committed {

    public static final String DOMAIN = "wattmark/fees-shared/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/fees-shared-published/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN)
                .id(command)
                .id(programme)
                .money(money)
                .instant(at)
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

    public static FeesShared of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN,
                content,
                reader ->
                        new FeesShared(reader.id(), reader.id(), reader.money(), reader.instant()));
    }
}
