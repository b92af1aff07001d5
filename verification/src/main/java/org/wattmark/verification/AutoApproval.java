package org.wattmark.verification;

/// What a policy decides about a checked claim.
public sealed interface AutoApproval {

    record AutoApproved(VerifiedBy.Machine by) implements AutoApproval {}

    record NeedsPerson(Reason reason) implements AutoApproval {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        /// Some check is not green.
        CHECKS_NOT_GREEN,
        /// The policy does not approve units of this class.
        CLASS_NOT_COVERED,
        /// The methodology wants better attested evidence, or a person for claims of this size.
        METHODOLOGY_LIMIT,
        OWNER_LIMIT,
        SITE_LIMIT,
        DEVICE_LIMIT,
        /// Drawn by lot, so that approved claims are looked at too.
        DRAWN_FOR_REVIEW
    }
}
