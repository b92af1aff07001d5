package org.wattmark.server.metering;

import org.wattmark.metering.Device;
import org.wattmark.metering.ExclusivityDeclaration;
import org.wattmark.metering.MakerId;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;

/// A device that sends packets is bonded to the account of whoever showed the secret of its box.
/// The log shows of it what it shows of other bonds.
///
/// @param device with its maker's id
/// @param provision the entry by which its maker deposited what the secret opened
public record PacketDeviceBonded(Device device, ExclusivityDeclaration declaration, long provision)
        implements Bond {

    public static final String DOMAIN = "wattmark/packet-device-bonded/v1";

    public PacketDeviceBonded {
        if (device.makerId().isEmpty()) {
            throw new IllegalArgumentException(device.id() + " sends no packets");
        }
    }

    public MakerId makerId() {
        return device.makerId().orElseThrow();
    }

    @Override
    public byte[] content() {
        return DeviceBonded.begin(DOMAIN, device, declaration)
                .bytes(makerId().bytes())
                .number(provision)
                .toByteArray();
    }

    @Override
    public byte[] published(byte[] salt) {
        return DeviceBonded.published(this, salt);
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static PacketDeviceBonded of(byte[] content) throws Malformed {
        var reader = Canonical.Reader.of(DOMAIN, content);
        try {
            var device = DeviceBonded.device(reader);
            var declaration = DeviceBonded.declaration(reader);
            var maker = MakerId.of(reader.bytes());
            long provision = reader.number();
            reader.end();
            return new PacketDeviceBonded(device.sendingPacketsAs(maker), declaration, provision);
        } catch (IllegalArgumentException | java.time.DateTimeException | ArithmeticException e) {
            throw new Malformed("not a bond: " + e.getMessage());
        }
    }
}
