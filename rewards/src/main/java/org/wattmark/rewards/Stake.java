package org.wattmark.rewards;

import java.math.BigInteger;
import java.time.Instant;
import java.util.UUID;
import org.wattmark.ledger.AccountId;
import org.wattmark.units.Canonical;

/// Rewards that their owner has locked for a term. They lie in a hold of the same id, so that
/// nothing else can be done with them.
///
/// @param microUnits locked
/// @param weightBasisPoints of each when fees are shared
/// @param until the end of its term: it earns until then, and is unlocked from then on
/// @param earned of shared fees, in minor units; it is paid when the stake is unlocked
public record Stake(
        UUID id,
        UUID programme,
        AccountId account,
        long microUnits,
        int weightBasisPoints,
        Instant from,
        Instant until,
        long earned,
        State state) {

    /// UNLOCKED is final.
    public enum State {
        LOCKED,
        UNLOCKED
    }

    public Stake {
        if (microUnits < 1 || weightBasisPoints < 1 || earned < 0 || !from.isBefore(until)) {
            throw new IllegalArgumentException("no stake: " + id);
        }
    }

    static Stake locked(
            UUID id,
            UUID programme,
            AccountId account,
            long microUnits,
            int weightBasisPoints,
            Instant from,
            Instant until) {
        return new Stake(
                id,
                programme,
                account,
                microUnits,
                weightBasisPoints,
                from,
                until,
                0,
                State.LOCKED);
    }

    boolean earnsAt(Instant now) {
        return state == State.LOCKED && now.isBefore(until);
    }

    BigInteger weight() {
        return BigInteger.valueOf(microUnits).multiply(BigInteger.valueOf(weightBasisPoints));
    }

    Stake plus(long minorUnits) {
        return new Stake(
                id,
                programme,
                account,
                microUnits,
                weightBasisPoints,
                from,
                until,
                Math.addExact(earned, minorUnits),
                state);
    }

    Stake unlocked() {
        return new Stake(
                id,
                programme,
                account,
                microUnits,
                weightBasisPoints,
                from,
                until,
                earned,
                State.UNLOCKED);
    }

    /// As it was locked.
    Canonical writeTo(Canonical canonical) {
        return canonical
                .id(id)
                .id(programme)
                .text(account.value())
                .number(microUnits)
                .number(weightBasisPoints)
                .instant(from)
                .instant(until);
    }

    static Stake read(Canonical.Reader reader) throws Canonical.Malformed {
        return locked(
                reader.id(),
                reader.id(),
                new AccountId(reader.text()),
                reader.number(),
                Math.toIntExact(reader.number()),
                reader.instant(),
                reader.instant());
    }
}
