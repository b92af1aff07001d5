package org.wattmark.verification;

/// Where a claim stands. REFUSED and ISSUED are final.
public enum ClaimState {
    SUBMITTED,
    /// Every check is green; the policy or a verifier decides.
    CHECKED,
    /// Only a verifier decides.
    NEEDS_REVIEW,
    /// A statement stands; the registry may issue.
    APPROVED,
    REFUSED,
    ISSUED
}
