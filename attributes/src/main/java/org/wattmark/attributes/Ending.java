package org.wattmark.attributes;

/// What came of a request to consume or to release what a claim has reserved.
public sealed interface Ending {

    /// The claim stands so now, by this request or by the same one before.
    record Ended(Allocation allocation, AllocationStatus status) implements Ending {}

    record Refused(Reason reason) implements Ending {}

    /// In order of precedence: the first that holds is the one reported.
    enum Reason {
        CLAIM_UNKNOWN,
        ALREADY_CONSUMED,
        ALREADY_RELEASED
    }
}
