package org.wattmark.registry;

import java.math.BigDecimal;
import java.time.Year;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.ClaimId;
import org.wattmark.attributes.SeriesClaims;
import org.wattmark.attributes.Use;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.verification.Claim;
import org.wattmark.verification.ClaimCase;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.VerificationStatement;
import org.wattmark.verification.VerifiedBy;

/// Where projects and claims stand, and what claims have used up. It changes by what the journal
/// says, and by nothing else; [Claims] decides what comes into the journal.
final class ClaimBook implements Machine {

    private final Staging staging;
    private final StagedMap<UUID, Project> projects;
    private final StagedMap<ClaimId, ClaimRecord> claims;
    private final StagedMap<Claim.Series, SeriesClaims> allocations;
    private final StagedMap<Claims.VintageKey, BigDecimal> carried;
    private final ClaimSubjects subjects;
    private final Designs designs;
    private final Pools pools;

    ClaimBook(Staging staging) {
        this.staging = staging;
        this.projects = staging.map("project");
        this.claims = staging.map("claim");
        this.allocations = staging.map("allocation");
        this.carried = staging.map("carried_remainder");
        this.subjects = new ClaimSubjects(staging.map("claim_subject"));
        staging.add(this);
        this.designs = new Designs(staging, projects);
        this.pools = new Pools(staging, projects);
    }

    Designs designs() {
        return designs;
    }

    Pools pools() {
        return pools;
    }

    @Nullable Project project(UUID id) {
        return projects.get(id);
    }

    @Nullable ClaimRecord claim(ClaimId id) {
        return claims.get(id);
    }

    Collection<ClaimRecord> claims() {
        return claims.values();
    }

    SeriesClaims claimsOn(Claim.Series series) {
        return allocations.getOrDefault(series, SeriesClaims.NONE);
    }

    /// Only when an entry is taken over.
    void put(Claim.Series series, SeriesClaims next) {
        allocations.put(series, next);
    }

    /// The live claim that has used up some of what this one claims, if there is one.
    Optional<SeriesClaims.Claimed> inTheWayOf(Claim claim) {
        return claim.series().stream()
                .flatMap(series -> claimsOn(series).inTheWayOf(claim.monitoringPeriod()).stream())
                .findFirst()
                .or(() -> subjects.inTheWayOf(claim));
    }

    BigDecimal carriedInto(UUID project, Year vintage) {
        return carried.getOrDefault(new Claims.VintageKey(project, vintage), BigDecimal.ZERO);
    }

    Map<Year, BigDecimal> carriedInto(UUID project) {
        var remainders = new HashMap<Year, BigDecimal>();
        carried.asMap()
                .forEach((key, grams) -> {
                    if (key.project().equals(project)) {
                        remainders.put(key.vintage(), grams);
                    }
                });
        return remainders;
    }

    /// What a policy lets pass needs no third person; what a verifier stands for does.
    static ClaimState stateOf(VerificationStatement statement) {
        return switch (statement.verifiedBy()) {
            case VerifiedBy.Machine _ -> ClaimState.APPROVED;
            case VerifiedBy.Verifier _ -> ClaimState.VERIFIED;
        };
    }

    @Override
    public void apply(Entry entry) {
        switch (entry.fact()) {
            case ProjectRegistered(var project) -> projects.put(project.id(), project);
            case ClaimSubmitted(var claim) -> apply(claim);
            case ClaimAssessed assessed -> apply(assessed);
            case StatementMade(var statement) -> apply(statement);
            case ClaimStep step -> apply(step, entry);
            case ClaimRefused refused -> end(refused.claim(), ClaimState.REFUSED);
            case CreditsIssued(var block) -> end(block.claim(), ClaimState.ISSUED);
            default -> {}
        }
    }

    private void apply(Claim claim) {
        var submitted = new ClaimCase(claim, ClaimState.SUBMITTED, Optional.empty());
        claims.put(claim.id(), new ClaimRecord(submitted, Optional.empty()));
        for (var series : claim.series()) {
            allocations.put(
                    series,
                    claimsOn(series)
                            .reserving(claim.id(), Use.CARBON_CREDIT, claim.monitoringPeriod()));
        }
        subjects.reserve(claim);
    }

    private void apply(ClaimAssessed assessed) {
        var before = recordOf(assessed.claim()).claimCase();
        var claim = before.claim();
        claims.put(
                claim.id(),
                new ClaimRecord(
                        new ClaimCase(claim, assessed.next(), Optional.empty(), before.review()),
                        assessed.draft(),
                        recordOf(assessed.claim()).attachments()));
        if (assessed.next() == ClaimState.REFUSED) {
            settle(claim, AllocationStatus.RELEASED);
        }
    }

    private void apply(VerificationStatement statement) {
        var known = recordOf(statement.claim());
        var before = known.claimCase();
        claims.put(
                statement.claim(),
                new ClaimRecord(
                        new ClaimCase(
                                before.claim(),
                                stateOf(statement),
                                Optional.of(statement.verifiedBy()),
                                before.review()),
                        Optional.of(statement),
                        known.attachments()));
        statement
                .reduction()
                .carriedOut()
                .forEach((vintage, grams) ->
                        carried.put(new Claims.VintageKey(statement.project(), vintage), grams));
    }

    /// A replay takes the same step: what was taken once can be taken again, on the same state.
    private void apply(ClaimStep step, Entry entry) {
        staging.write(new Claims.StepTaken(entry.sequence(), entry.at(), step));
        var known = recordOf(step.claim());
        var next = ClaimSteps.after(known.claimCase(), step);
        if (next.state() == ClaimState.REFUSED || next.state() == ClaimState.WITHDRAWN) {
            giveBack(known.statement(), known.claimCase().state());
            settle(next.claim(), AllocationStatus.RELEASED);
        }
        claims.put(step.claim(), known.with(next, step.attachments()));
    }

    /// What a statement that came to nothing took of the remainder goes back, if nobody has built
    /// on it since; if somebody has, less than a gram is lost rather than credited twice.
    private void giveBack(Optional<VerificationStatement> statement, ClaimState state) {
        if (state != ClaimState.VERIFIED) {
            return;
        }
        var project = statement.orElseThrow().project();
        for (var line : statement.orElseThrow().reduction().lines()) {
            var key = new Claims.VintageKey(project, line.vintage());
            boolean untouched =
                    carriedInto(project, line.vintage()).compareTo(line.carriedOut()) == 0;
            carried.put(key, untouched ? line.carriedIn() : BigDecimal.ZERO);
        }
    }

    private void end(ClaimId id, ClaimState state) {
        var known = recordOf(id);
        var before = known.claimCase();
        if (before.state() == state) {
            return; // a claim of two vintages is issued as two blocks
        }
        claims.put(
                id,
                known.with(
                        new ClaimCase(
                                before.claim(),
                                state,
                                state == ClaimState.ISSUED ? before.verifiedBy() : Optional.empty(),
                                before.review()),
                        List.of()));
        settle(
                before.claim(),
                state == ClaimState.ISSUED ? AllocationStatus.CONSUMED : AllocationStatus.RELEASED);
    }

    private void settle(Claim claim, AllocationStatus status) {
        for (var series : claim.series()) {
            allocations.put(series, claimsOn(series).ending(claim.id(), status));
        }
        subjects.settle(claim, status);
    }

    private ClaimRecord recordOf(ClaimId id) {
        var known = claims.get(id);
        if (known == null) {
            throw new IllegalStateException("no such claim: " + id);
        }
        return known;
    }
}
