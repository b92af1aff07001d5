package org.wattmark.verification;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/// Who has a claim in hand, and what is still open between them and the proponent.
///
/// @param reviewer the person of a verifier's organisation who took it
/// @param conflicted organisations of verifiers that declared a conflict of interest in this claim
/// @param questions that wait for an answer, by id
/// @param approver the person who approved issuance
public record Review(
        Optional<Reviewer> reviewer,
        Set<UUID> conflicted,
        Set<UUID> questions,
        Optional<UUID> approver) {

    public static final Review NONE =
            new Review(Optional.empty(), Set.of(), Set.of(), Optional.empty());

    /// A person, and the organisation for which they judge.
    public record Reviewer(UUID person, UUID organisation) {}

    public Review {
        conflicted = Set.copyOf(conflicted);
        questions = Set.copyOf(questions);
    }

    Review takenBy(Actor actor) {
        var by = new Reviewer(actor.person(), actor.organisation().id());
        return new Review(Optional.of(by), conflicted, questions, approver);
    }

    Review handedBack() {
        return new Review(Optional.empty(), conflicted, Set.of(), approver);
    }

    Review conflicting(UUID organisation) {
        return new Review(reviewer, with(conflicted, organisation), questions, approver);
    }

    Review asking(UUID question) {
        return new Review(reviewer, conflicted, with(questions, question), approver);
    }

    Review answered(UUID question) {
        var left = new LinkedHashSet<>(questions);
        left.remove(question);
        return new Review(reviewer, conflicted, left, approver);
    }

    Review approvedBy(Actor actor) {
        return new Review(reviewer, conflicted, questions, Optional.of(actor.person()));
    }

    private static Set<UUID> with(Collection<UUID> some, UUID another) {
        var all = new TreeSet<>(some);
        all.add(another);
        return all;
    }
}
