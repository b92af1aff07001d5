package org.wattmark.registry;

import org.wattmark.ledger.Receipt;

/// What came of the wish to register a project.
public sealed interface Registration {

    record Registered(Project project, Receipt receipt) implements Registration {}

    record Refused(Reason reason) implements Registration {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        ID_STANDS_FOR_ANOTHER,
        /// Only a proponent registers projects, and only its own organisation's.
        ROLE_MAY_NOT
    }
}
