package org.wattmark.server.security;

import java.util.UUID;

/// Something that happened to how a person signs in, and that their organisations should know.
///
/// @param bySelf whether the person did it, signed in
public record SecurityEvent(Kind kind, UUID person, boolean bySelf, String detail) {

    public enum Kind {
        /// Too many wrong passwords in a row.
        SIGN_IN_PAUSED,
        PASSKEY_ADDED,
        PASSKEY_REMOVED,
        RECOVERY_CODES_MADE,
        RECOVERY_CODE_USED
    }
}
