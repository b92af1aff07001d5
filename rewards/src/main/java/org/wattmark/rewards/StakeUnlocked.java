package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// A stake's term was over, and its owner has it back with what it earned.
///
/// @param earned paid with it, in minor units
public record StakeUnlocked(UUID stake, long earned) implements Committed {

    public static final String DOMAIN = "wattmark/stake-unlocked/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/stake-unlocked-published/v1";

    @Override
    public byte[] content() {
        return Canonical.of(DOMAIN).id(stake).number(earned).toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return stake;
    }

    public static StakeUnlocked of(byte[] content) throws Canonical.Malformed {
        return Form.read(
                DOMAIN, content, reader -> new StakeUnlocked(reader.id(), reader.number()));
    }
}
