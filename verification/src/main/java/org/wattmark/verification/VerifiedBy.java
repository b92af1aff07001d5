package org.wattmark.verification;

import java.util.UUID;

/// Who stands for a verified claim.
public sealed interface VerifiedBy {

    /// An organisation that is independent of the proponent's.
    record Verifier(UUID organisation) implements VerifiedBy {}

    /// A policy: machine-checked, not verified by a third party.
    record Machine(String policy, int version) implements VerifiedBy {

        public Machine {
            if (!policy.matches("[a-z][a-z0-9-]{1,39}") || version < 1) {
                throw new IllegalArgumentException("not a policy: " + policy + "/" + version);
            }
        }
    }
}
