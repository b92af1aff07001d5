package org.wattmark.verification;

/// Where a claim stands. REFUSED, WITHDRAWN and ISSUED are final.
public enum ClaimState {
    SUBMITTED,
    /// Every check is green; the policy or a verifier decides.
    CHECKED,
    /// It waits for a verifier to take it.
    NEEDS_REVIEW,
    /// A verifier has it, and declared no conflict of interest.
    IN_REVIEW,
    /// The verifier has asked, and the proponent has not answered yet.
    INFORMATION_REQUESTED,
    /// A verifier's statement stands; a third person approves issuance.
    VERIFIED,
    /// The registry may issue.
    APPROVED,
    REFUSED,
    /// The proponent took it back.
    WITHDRAWN,
    ISSUED;

    /// Whether nothing changes any more.
    public boolean isFinal() {
        return this == REFUSED || this == WITHDRAWN || this == ISSUED;
    }

    /// Whether somebody stands for the result.
    public boolean isVerified() {
        return this == VERIFIED || this == APPROVED || this == ISSUED;
    }
}
