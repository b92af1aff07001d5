package org.wattmark.server.mirror;

/// What came of looking at a log once.
sealed interface Round {

    /// The mirror has all that the log has published.
    ///
    /// @param before how many leaves it had
    record Followed(long before, long size) implements Round {}

    /// The log shows something that a mirror does not take over; what it has stays as it was.
    record Refused(String why) implements Round {}

    /// The log has signed two trees that contradict each other. Both notes are kept.
    record Forked(String explanation) implements Round {}
}
