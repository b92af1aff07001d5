package org.wattmark.registry;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.wattmark.metering.Sha256;
import org.wattmark.verification.ClaimCase;
import org.wattmark.verification.VerificationStatement;

/// A claim where it stands, with its statement: a draft until somebody stands for it.
///
/// @param attachments evidence that came with the steps of its review, by SHA-256 in hexadecimal
public record ClaimRecord(
        ClaimCase claimCase, Optional<VerificationStatement> statement, Set<String> attachments) {

    public ClaimRecord {
        attachments = Set.copyOf(attachments);
    }

    public ClaimRecord(ClaimCase claimCase, Optional<VerificationStatement> statement) {
        this(claimCase, statement, Set.of());
    }

    ClaimRecord with(ClaimCase next, Collection<Sha256> attached) {
        var all = new TreeSet<>(attachments);
        attached.forEach(each -> all.add(each.hex()));
        return new ClaimRecord(next, statement, all);
    }

    /// Whether this document is one of the claim's, or came with a step of its review.
    public boolean has(Sha256 document) {
        return attachments.contains(document.hex())
                || claimCase.claim().data().stream()
                        .flatMap(data -> data.reported().documents().stream())
                        .anyMatch(each -> each.hash().equals(document));
    }
}
