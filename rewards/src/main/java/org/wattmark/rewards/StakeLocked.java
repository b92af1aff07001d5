package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// Rewards were locked.
///
/// @param stake as it was locked
public record StakeLocked(Stake stake) implements Committed {

    public static final String DOMAIN = "wattmark/stake-locked/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/stake-locked-published/v1";

    public StakeLocked {
        if (stake.state() != Stake.State.LOCKED || stake.earned() != 0) {
            throw new IllegalArgumentException("a stake begins locked: " + stake);
        }
    }

    @Override
    public byte[] content() {
        return stake.writeTo(Canonical.of(DOMAIN)).toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return stake.id();
    }

    public static StakeLocked of(byte[] content) throws Canonical.Malformed {
        return Form.read(DOMAIN, content, reader -> new StakeLocked(Stake.read(reader)));
    }
}
