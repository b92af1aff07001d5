package org.wattmark.server.metering;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// The id of a command that no client names: it follows from the content.
final class ContentId {

    private ContentId() {}

    static UUID of(byte[] content) {
        return Canonical.of("wattmark/content-id/v1").bytes(content).derivedId();
    }
}
