package org.wattmark.registry;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.ledger.AccountId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.registry.Pooling.Reason;
import org.wattmark.registry.Pooling.Refused;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.Actor;
import org.wattmark.verification.Claim;

/// The pools of projects: small producers whose devices one proponent claims together, and among
/// whom it shares what is credited. A project has one pool at most, and a pool its project's id.
public final class Pools implements Machine {

    /// In one pool: a division is one commit, with a transfer for each. Our own choice.
    public static final int MOST_MEMBERS = 1_000;

    private final Staging staging;
    private final StagedMap<UUID, Project> projects;
    private final StagedMap<UUID, PoolBalance> pools;
    private final StagedMap<PoolMember.Key, PoolMember> members;
    private final StagedMap<UUID, PoolDivision> divisions;

    Pools(Staging staging, StagedMap<UUID, Project> projects) {
        this.staging = staging;
        this.projects = projects;
        this.pools = staging.map("pool");
        this.members = staging.map("pool_member");
        this.divisions = staging.map("pool_division");
        staging.add(this);
    }

    /// A step in a pool's history, and where the journal has it.
    public record StepTaken(long sequence, Instant at, PoolMembership step) {}

    /// A member's share, and where the journal has its division.
    public record ShareTaken(long sequence, UUID block, PoolShare share) {}

    /// The proponent founds a pool and invites; who was invited joins by themselves, and leaves
    /// when they like.
    public Pooling change(ChangePool command) {
        var reason = whyNot(command);
        if (reason != null) {
            return new Refused(reason);
        }
        var fact =
                new PoolMembership(
                        command.project(),
                        command.organisation(),
                        command.standing(),
                        command.actor().person());
        return new Pooling.Changed(command.standing(), staging.record(fact).receipt());
    }

    private @Nullable Reason whyNot(ChangePool command) {
        var actor = command.actor();
        var project = projects.get(command.project());
        if (actor.role() != Actor.Role.PROPONENT) {
            return Reason.ROLE_MAY_NOT;
        }
        if (project == null) {
            return Reason.PROJECT_UNKNOWN;
        }
        boolean runs = actor.organisation().id().equals(project.proponent().id());
        if (command.standing() == PoolStanding.RUNS) {
            if (!runs) {
                return Reason.NOT_YOUR_PROJECT;
            }
            return pools.containsKey(project.id()) ? Reason.POOL_EXISTS : null;
        }
        var known = members.get(new PoolMember.Key(project.id(), command.organisation()));
        boolean self = actor.organisation().id().equals(command.organisation());
        if (!pools.containsKey(project.id()) || (!runs && (!self || known == null))) {
            return Reason.POOL_UNKNOWN;
        }
        if (known != null && known.standing() == PoolStanding.RUNS) {
            return Reason.RUNS_THE_POOL;
        }
        return whyNot(command.standing(), known, runs, project.id());
    }

    private @Nullable Reason whyNot(
            PoolStanding next, @Nullable PoolMember known, boolean runs, UUID project) {
        var now = known == null ? PoolStanding.LEFT : known.standing();
        return switch (next) {
            case INVITED ->
                    !runs || now != PoolStanding.LEFT
                            ? Reason.NOT_IN_THIS_STANDING
                            : members(project).size() >= MOST_MEMBERS ? Reason.POOL_FULL : null;
            // Nobody is joined by another: who runs the pool is not invited to it.
            case JOINED -> runs || now != PoolStanding.INVITED ? Reason.NOT_IN_THIS_STANDING : null;
            case LEFT -> now == PoolStanding.LEFT ? Reason.NOT_IN_THIS_STANDING : null;
            case RUNS -> throw new IllegalArgumentException("it is founded once");
        };
    }

    boolean exists(UUID project) {
        return pools.containsKey(project);
    }

    /// Those that are there, were there, or are asked to come.
    List<PoolMember> members(UUID project) {
        return members.values().stream()
                .filter(each -> each.key().project().equals(project))
                .sorted(Comparator.comparing(each -> each.key().organisation().toString()))
                .toList();
    }

    boolean concerns(UUID project, UUID organisation) {
        return members.containsKey(new PoolMember.Key(project, organisation));
    }

    /// Whether all of them have agreed that the project's proponent claims for them.
    boolean haveJoined(UUID project, Set<UUID> owners) {
        for (var owner : owners) {
            var member = members.get(new PoolMember.Key(project, owner));
            if (member == null || member.standing() != PoolStanding.JOINED) {
                return false;
            }
        }
        return true;
    }

    /// Where what is issued for a claim goes: to the pool, if it can be shared by what was metered.
    AccountId receiver(Project project, Claim claim) {
        return exists(project.id()) && !claim.series().isEmpty()
                ? SystemAccounts.pool(project).id()
                : project.holder();
    }

    Optional<PoolDivision> division(UUID block) {
        return Optional.ofNullable(divisions.get(block));
    }

    /// The blocks that were divided, the first one first.
    List<UUID> divided(UUID project) {
        return divisions.values().stream()
                .filter(each -> each.project().equals(project))
                .sorted(Comparator.comparingLong(PoolDivision::sequence))
                .map(PoolDivision::block)
                .toList();
    }

    /// What the pool carries.
    Pool pool(UUID project) {
        var carried = new HashMap<UUID, Long>();
        for (var member : members(project)) {
            if (member.carriedNanograms() > 0) {
                carried.put(member.key().organisation(), member.carriedNanograms());
            }
        }
        var balance = pools.get(project);
        if (balance == null) {
            throw new IllegalStateException("no pool: " + project);
        }
        return new Pool(carried, balance.undividedNanograms());
    }

    /// The shares of everybody that generated something, and what of them is carried on.
    static List<PoolShare> shares(Pool.Division division, Map<UUID, Energy> generated) {
        return generated.entrySet().stream()
                .sorted(Comparator.comparing(each -> each.getKey().toString()))
                .map(each ->
                        new PoolShare(
                                each.getKey(),
                                each.getValue(),
                                division.given().getOrDefault(each.getKey(), Co2e.ZERO),
                                division.next().carried().getOrDefault(each.getKey(), 0L)))
                .toList();
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case PoolMembership step -> apply(step, entry);
            case PoolDivided divided -> apply(divided, entry);
            default -> {}
        }
    }

    private void apply(PoolMembership step, Entry entry) {
        if (step.standing() == PoolStanding.RUNS) {
            pools.put(step.project(), PoolBalance.nothing(step.project()));
        }
        var key = new PoolMember.Key(step.project(), step.organisation());
        var known = members.get(key);
        members.put(
                key,
                known == null
                        ? new PoolMember(key, step.standing(), 0)
                        : known.standing(step.standing()));
        staging.write(new StepTaken(entry.sequence(), entry.at(), step));
    }

    /// Divided anew: a share that is not what the division gives is no entry of ours.
    private void apply(PoolDivided divided, Entry entry) {
        var generated = new HashMap<UUID, Energy>();
        divided.shares().forEach(each -> generated.put(each.member(), each.generated()));
        var division = pool(divided.project()).divide(divided.divided(), generated);
        if (!shares(division, generated).equals(divided.shares())) {
            throw new IllegalStateException("shares of " + divided.block() + " do not follow");
        }
        for (var share : divided.shares()) {
            var key = new PoolMember.Key(divided.project(), share.member());
            var member = members.get(key);
            if (member == null) {
                throw new IllegalStateException("no member of the pool: " + share.member());
            }
            members.put(key, member.carrying(share.carriedNanograms()));
            staging.write(new ShareTaken(entry.sequence(), divided.block(), share));
        }
        pools.put(
                divided.project(), new PoolBalance(divided.project(), division.next().undivided()));
        divisions.put(
                divided.block(),
                new PoolDivision(
                        divided.block(),
                        divided.project(),
                        divided.divided(),
                        divided.given(),
                        entry.sequence(),
                        entry.at()));
    }
}
