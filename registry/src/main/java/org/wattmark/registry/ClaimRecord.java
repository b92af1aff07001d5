package org.wattmark.registry;

import java.util.Optional;
import org.wattmark.verification.ClaimCase;
import org.wattmark.verification.VerificationStatement;

/// A claim where it stands, with its statement: a draft until the claim is approved.
public record ClaimRecord(ClaimCase claimCase, Optional<VerificationStatement> statement) {}
