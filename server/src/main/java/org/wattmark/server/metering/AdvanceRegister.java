package org.wattmark.server.metering;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.wattmark.ledger.Command;
import org.wattmark.metering.Channel;
import org.wattmark.metering.Device;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.metering.RegisterReading;
import org.wattmark.metering.RegisterReset;
import org.wattmark.units.Canonical;

/// Asks to declare a register, to take readings of it in, or to exchange it.
///
/// @param account who asks, as the token says: the device's owner
/// @param declared if it is declared; readings and reset are empty then
/// @param readings in the order of time
public record AdvanceRegister(
        UUID id,
        UUID account,
        Device device,
        Channel channel,
        Optional<Register> declared,
        List<RegisterReading> readings,
        Optional<RegisterReset> reset)
        implements Command<RegisterAnswer> {

    public AdvanceRegister {
        readings = List.copyOf(readings);
    }

    RegisterKey key() {
        return new RegisterKey(device.id(), channel);
    }

    /// As the fact would be, with the register's width in the place of what comes of it.
    @Override
    public byte[] content() {
        var nothing = new Register(Long.MAX_VALUE, 1);
        var said =
                new RegisterAdvanced(
                        device.id(),
                        channel,
                        readings,
                        reset,
                        List.of(),
                        List.of(),
                        RegisterProgress.of(declared.orElse(nothing)));
        return Canonical.of("wattmark/advance-register/v1")
                .id(account)
                .bytes(said.content())
                .toByteArray();
    }

    @Override
    public RegisterAnswer idStandsForAnother() {
        return new RegisterAnswer.Refused(RegisterAnswer.Reason.ID_STANDS_FOR_ANOTHER, 0, "");
    }
}
