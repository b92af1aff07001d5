package org.wattmark.registry;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.wattmark.attributes.AllocationStatus;
import org.wattmark.attributes.SeriesClaims;
import org.wattmark.attributes.Use;
import org.wattmark.ledger.StagedMap;
import org.wattmark.units.Period;
import org.wattmark.verification.Claim;
import org.wattmark.verification.Subject;

/// What claims on reported data use up. An energy carrier of a site is used up for a period; a
/// document that proves quantities, and a batch, for ever: whoever claims it.
final class ClaimSubjects {

    /// Longer than any monitoring period, and within what the database's timestamps hold.
    static final Period FOR_EVER =
            new Period(
                    Instant.parse("1970-01-01T00:00:00Z"), Instant.parse("9999-12-31T00:00:00Z"));

    private final StagedMap<Subject, SeriesClaims> subjects;

    ClaimSubjects(StagedMap<Subject, SeriesClaims> subjects) {
        this.subjects = subjects;
    }

    /// The live claim that has used up some of this, if there is one.
    Optional<SeriesClaims.Claimed> inTheWayOf(Claim claim) {
        return of(claim).stream()
                .flatMap(subject -> on(subject).inTheWayOf(period(subject, claim)).stream())
                .findFirst();
    }

    void reserve(Claim claim) {
        for (var subject : of(claim)) {
            subjects.put(
                    subject,
                    on(subject).reserving(claim.id(), Use.CARBON_CREDIT, period(subject, claim)));
        }
    }

    void settle(Claim claim, AllocationStatus status) {
        for (var subject : of(claim)) {
            subjects.put(subject, on(subject).ending(claim.id(), status));
        }
    }

    private SeriesClaims on(Subject subject) {
        return subjects.getOrDefault(subject, SeriesClaims.NONE);
    }

    /// A carrier is one of the claim's site and of its project, so that no period of a project is
    /// claimed twice, wherever it is said to be. Documents and batches are the same everywhere.
    static List<Subject> of(Claim claim) {
        return claim.subjects().stream()
                .flatMap(subject ->
                        subject.kind() == Subject.Kind.CARRIER
                                ? Stream.of(claim.site(), claim.project())
                                        .map(place -> place + "/" + subject.value())
                                        .map(value -> new Subject(subject.kind(), value))
                                : Stream.of(subject))
                .distinct()
                .toList();
    }

    private static Period period(Subject subject, Claim claim) {
        return subject.kind() == Subject.Kind.CARRIER ? claim.monitoringPeriod() : FOR_EVER;
    }
}
