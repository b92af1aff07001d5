package org.wattmark.registry;

/// What people do with a claim beside submitting it.
public enum ClaimAction {
    /// A verifier takes it in hand and declares that there is no conflict of interest.
    TAKE,
    DECLARE_CONFLICT,
    HAND_BACK,
    /// The reviewer asks for information.
    ASK,
    ANSWER,
    /// The reviewer stands for the figures of the statement that the attachments name.
    VERIFY,
    REFUSE,
    APPROVE_ISSUANCE,
    DECLINE_ISSUANCE,
    WITHDRAW
}
