package org.wattmark.server.notifications;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/// What an entry means to an organisation's people.
///
/// @param part numbers the notices of one entry from 0 on
/// @param organisation whose people are told; of empty, whoever has the kind's role anywhere
/// @param subject the id of what it is about
/// @param detail what the kind's sentence says beside it
record Notice(
        long sequence,
        int part,
        Kind kind,
        Optional<UUID> organisation,
        String subject,
        String detail,
        Instant at) {

    /// What it is known by: whatever is told from it is told once.
    String source() {
        return "entry/" + sequence + "/" + part;
    }
}
