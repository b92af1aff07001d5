package org.wattmark.server.certification;

import java.util.UUID;
import org.wattmark.ledger.Receipt;

/// What came of certifying a model, or of withdrawing it.
public sealed interface Certification {

    record Done(UUID model, Receipt receipt) implements Certification {}

    record Refused(Reason reason) implements Certification {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        /// This model with this firmware and protocol is in the list, and counts.
        ALREADY_CERTIFIED,
        MODEL_UNKNOWN,
        ALREADY_WITHDRAWN
    }
}
