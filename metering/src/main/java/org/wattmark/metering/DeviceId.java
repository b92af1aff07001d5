package org.wattmark.metering;

import java.util.UUID;

/// One meter, for ever: an id is never given to a second device.
public record DeviceId(UUID value) {

    @Override
    public String toString() {
        return value.toString();
    }
}
