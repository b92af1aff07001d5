package org.wattmark.registry;

import java.time.Year;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.wattmark.attributes.ClaimId;
import org.wattmark.ledger.Entry;
import org.wattmark.ledger.Machine;
import org.wattmark.ledger.StagedMap;
import org.wattmark.ledger.Staging;
import org.wattmark.metering.Sha256;
import org.wattmark.registry.Correcting.Reason;
import org.wattmark.units.Canonical;
import org.wattmark.units.Co2e;
import org.wattmark.units.Energy;
import org.wattmark.verification.Actor;
import org.wattmark.verification.ClaimState;
import org.wattmark.verification.VerificationStatement;

/// What became known of monitoring periods after they were closed. A period is closed once: more
/// than was stated is recorded and never issued; less than was issued is a reduction that was lost,
/// and comes out of the buffer, or is owed.
public final class Corrections implements Machine {

    private final Staging staging;
    private final Claims claims;
    private final Registry registry;
    private final Interventions interventions;
    private final StagedMap<UUID, CorrectionEntry> corrections;

    public Corrections(
            Staging staging, Claims claims, Registry registry, Interventions interventions) {
        this.staging = staging;
        this.claims = claims;
        this.registry = registry;
        this.interventions = interventions;
        this.corrections = staging.map("claim_correction");
        staging.add(this);
    }

    /// Readings came that a claim's closed period would have held.
    ///
    /// @param batch the batch that they came in, which the journal has just before
    public void late(ClaimId claim, Sha256 batch, Energy energy) {
        var id =
                Canonical.of("wattmark/late-correction/v1")
                        .bytes(batch.bytes())
                        .id(claim.value())
                        .derivedId();
        staging.record(
                new ClaimCorrected(
                        new Correction(
                                id,
                                claim,
                                Correction.Cause.LATE_READINGS,
                                Correction.NOBODY,
                                batch,
                                energy,
                                List.of(),
                                "Readings came after the period was closed")));
    }

    /// Records what reported data should have said.
    public Correcting correct(CorrectClaim command) {
        var known = claims.claim(command.claim()).orElse(null);
        var reason = known == null ? Reason.CLAIM_UNKNOWN : whyNot(command, known);
        if (known == null || reason != null) {
            return new Correcting.Refused(reason == null ? Reason.CLAIM_UNKNOWN : reason);
        }
        var statement = known.statement().orElseThrow();
        var lines = lines(statement, command.net());
        if (lines.stream().allMatch(line -> line.before().equals(line.after()))) {
            return new Correcting.Refused(Reason.NOTHING_CORRECTED);
        }
        var lost = new ArrayList<Loss>();
        for (var line : lines) {
            lost(statement, line).ifPresent(lost::add);
        }
        var correction =
                new Correction(
                        command.id(),
                        command.claim(),
                        Correction.Cause.RESTATED_DATA,
                        command.actor().person(),
                        command.data(),
                        Energy.ZERO,
                        lines,
                        command.reason());
        var receipt = staging.record(new ClaimCorrected(correction)).receipt();
        for (int i = 0; i < lost.size(); i++) {
            interventions.reverse(
                    reversal(command.id(), i),
                    command.reason(),
                    lost.get(i).block(),
                    lost.get(i).grams());
        }
        return new Correcting.Corrected(
                correction, lost.stream().map(Loss::grams).reduce(Co2e.ZERO, Co2e::plus), receipt);
    }

    private static @Nullable Reason whyNot(CorrectClaim command, ClaimRecord known) {
        var claim = known.claimCase().claim();
        if (command.actor().role() != Actor.Role.PROPONENT) {
            return Reason.ROLE_MAY_NOT;
        }
        if (!claim.proponent().equals(command.actor().organisation())) {
            return Reason.NOT_YOUR_CLAIM;
        }
        if (claim.data().isEmpty()) {
            return Reason.NOT_REPORTED;
        }
        return known.claimCase().state() == ClaimState.ISSUED ? null : Reason.NOT_ISSUED;
    }

    /// The first has the correction's own id, and the block of each further vintage one of its own.
    private static UUID reversal(UUID correction, int number) {
        return number == 0
                ? correction
                : Canonical.of("wattmark/correction-reversal/v1")
                        .id(correction)
                        .number(number)
                        .derivedId();
    }

    private List<Correction.Line> lines(VerificationStatement statement, Map<Year, Co2e> net) {
        var vintages = new TreeSet<>(net.keySet());
        statement.reduction().lines().forEach(line -> vintages.add(line.vintage()));
        return vintages.stream()
                .map(vintage ->
                        new Correction.Line(
                                vintage,
                                last(statement, vintage),
                                net.getOrDefault(vintage, Co2e.ZERO)))
                .toList();
    }

    private static Co2e stated(VerificationStatement statement, Year vintage) {
        return statement.reduction().lines().stream()
                .filter(line -> line.vintage().equals(vintage))
                .map(line -> line.net())
                .reduce(Co2e.ZERO, Co2e::plus);
    }

    private List<Correction.Line> earlier(ClaimId claim, Year vintage) {
        return corrections.values().stream()
                .filter(each -> each.correction().claim().equals(claim))
                .sorted(Comparator.comparingLong(CorrectionEntry::sequence))
                .flatMap(each -> each.correction().lines().stream())
                .filter(line -> line.vintage().equals(vintage))
                .toList();
    }

    private Co2e last(VerificationStatement statement, Year vintage) {
        var earlier = earlier(statement.claim(), vintage);
        return earlier.isEmpty() ? stated(statement, vintage) : earlier.getLast().after();
    }

    /// Grams of a block that nothing backs any more.
    private record Loss(CreditBlock block, Co2e grams) {}

    /// Below the least that was ever known: what was lost before is not lost again, and what comes
    /// back after it is recorded, not issued.
    private Optional<Loss> lost(VerificationStatement statement, Correction.Line line) {
        var least =
                earlier(statement.claim(), line.vintage()).stream()
                        .map(Correction.Line::after)
                        .reduce(
                                stated(statement, line.vintage()),
                                (one, other) -> one.compareTo(other) < 0 ? one : other);
        if (line.after().compareTo(least) >= 0) {
            return Optional.empty();
        }
        return registry.blocks().stream()
                .filter(block ->
                        block.claim().equals(statement.claim())
                                && block.vintage().equals(line.vintage()))
                .findFirst()
                .flatMap(block ->
                        interventions
                                .reversible(block, least.minus(line.after()))
                                .map(grams -> new Loss(block, grams)));
    }

    @Override
    public void apply(Entry entry) {
        if (entry.fact() instanceof ClaimCorrected(var correction)) {
            corrections.put(
                    correction.id(), new CorrectionEntry(correction, entry.sequence(), entry.at()));
        }
    }
}
