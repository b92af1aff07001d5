package org.wattmark.rewards;

import java.util.UUID;
import org.wattmark.units.Canonical;

/// A device has joined a programme.
///
/// @param enrolment as it joined
public record DeviceEnrolled(Enrolment enrolment) implements Committed {

    public static final String DOMAIN = "wattmark/reward-device-enrolled/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/reward-device-enrolled-published/v1";

    public DeviceEnrolled {
        if (!enrolment.rewarded().isEmpty() || enrolment.carry().signum() != 0) {
            throw new IllegalArgumentException("a device joins unrewarded: " + enrolment);
        }
    }

    @Override
    public byte[] content() {
        return enrolment.writeTo(Canonical.of(DOMAIN)).toByteArray();
    }

    @Override
    public String publishedDomain() {
        return PUBLISHED_DOMAIN;
    }

    @Override
    public UUID subject() {
        return enrolment.programme();
    }

    public static DeviceEnrolled of(byte[] content) throws Canonical.Malformed {
        return Form.read(DOMAIN, content, reader -> new DeviceEnrolled(Enrolment.read(reader)));
    }
}
