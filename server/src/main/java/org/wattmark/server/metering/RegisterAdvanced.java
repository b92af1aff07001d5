package org.wattmark.server.metering;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.wattmark.ledger.Commitment;
import org.wattmark.metering.Channel;
import org.wattmark.metering.DeviceId;
import org.wattmark.metering.Finding;
import org.wattmark.metering.IntervalReading;
import org.wattmark.metering.Register;
import org.wattmark.metering.RegisterProgress;
import org.wattmark.metering.RegisterProgress.Open;
import org.wattmark.metering.RegisterReading;
import org.wattmark.metering.RegisterReset;
import org.wattmark.units.Canonical;
import org.wattmark.units.Canonical.Malformed;
import org.wattmark.units.Canonical.Reader;

/// A register was declared, read, or exchanged for another. The log shows which of these, and
/// commits to the rest.
///
/// @param readings in the order of time; none unless it was read
/// @param reset if it was exchanged
/// @param findings by time
/// @param completed intervals that the readings completed
/// @param next the register's progress after it
public record RegisterAdvanced(
        DeviceId device,
        Channel channel,
        List<RegisterReading> readings,
        Optional<RegisterReset> reset,
        List<Finding> findings,
        List<IntervalReading> completed,
        RegisterProgress next)
        implements CompletesIntervals {

    public static final String DOMAIN = "wattmark/register-advanced/v1";
    public static final String PUBLISHED_DOMAIN = "wattmark/register-receipt/v1";

    public RegisterAdvanced {
        readings = List.copyOf(readings);
        findings = List.copyOf(findings);
        completed = List.copyOf(completed);
    }

    static RegisterAdvanced declared(DeviceId device, Channel channel, Register register) {
        return new RegisterAdvanced(
                device,
                channel,
                List.of(),
                Optional.empty(),
                List.of(),
                List.of(),
                RegisterProgress.of(register));
    }

    @Override
    public byte[] content() {
        var bytes =
                Canonical.of(DOMAIN)
                        .id(device.value())
                        .text(channel.name())
                        .number(readings.size());
        readings.forEach(each -> write(bytes, each));
        bytes.number(reset.isPresent() ? 1 : 0);
        reset.ifPresent(each -> {
            bytes.instant(each.at()).number(each.lastWattHours()).number(each.firstWattHours());
            write(bytes, each.register());
        });
        bytes.bytes(Finding.canonicalBytes(findings));
        IntervalBytes.write(bytes, completed);
        write(bytes, next.register());
        bytes.number(next.last().isPresent() ? 1 : 0);
        next.last().ifPresent(each -> write(bytes, each));
        bytes.number(next.open().isPresent() ? 1 : 0);
        next.open().ifPresent(each -> bytes.instant(each.start()).number(each.wattHours()));
        return bytes.toByteArray();
    }

    private static void write(Canonical bytes, RegisterReading reading) {
        bytes.instant(reading.at()).number(reading.wattHours());
    }

    private static void write(Canonical bytes, Register register) {
        bytes.number(register.rollsOverAt()).number(register.mostWatts());
    }

    @Override
    public byte[] published(byte[] salt) {
        return Canonical.of(PUBLISHED_DOMAIN)
                .id(device.value())
                .text(channel.name())
                .number(readings.size())
                .number(reset.isPresent() ? 1 : 0)
                .bytes(Commitment.to(content(), salt))
                .toByteArray();
    }

    @Override
    public boolean isSalted() {
        return true;
    }

    /// Reads [#content].
    public static RegisterAdvanced of(byte[] content) throws Malformed {
        var reader = Reader.of(DOMAIN, content);
        try {
            var device = new DeviceId(reader.id());
            var channel = Channel.valueOf(reader.text());
            var readings = new ArrayList<RegisterReading>();
            for (long left = reader.number(); left > 0; left--) {
                readings.add(reading(reader));
            }
            Optional<RegisterReset> reset =
                    isThere(reader) ? Optional.of(reset(reader)) : Optional.empty();
            var findings = FindingBytes.read(reader.bytes());
            var completed = IntervalBytes.read(reader);
            var next = progress(reader);
            reader.end();
            return new RegisterAdvanced(
                    device, channel, readings, reset, findings, completed, next);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new Malformed("not of a register: " + e.getMessage());
        }
    }

    private static boolean isThere(Reader reader) throws Malformed {
        return switch (Math.toIntExact(reader.number())) {
            case 0 -> false;
            case 1 -> true;
            default -> throw new Malformed("there is one, or none");
        };
    }

    private static RegisterReading reading(Reader reader) throws Malformed {
        return new RegisterReading(reader.instant(), reader.number());
    }

    private static Register register(Reader reader) throws Malformed {
        return new Register(reader.number(), reader.number());
    }

    private static RegisterReset reset(Reader reader) throws Malformed {
        return new RegisterReset(
                reader.instant(), reader.number(), reader.number(), register(reader));
    }

    private static RegisterProgress progress(Reader reader) throws Malformed {
        var register = register(reader);
        Optional<RegisterReading> last =
                isThere(reader) ? Optional.of(reading(reader)) : Optional.empty();
        Optional<Open> open =
                isThere(reader)
                        ? Optional.of(new Open(reader.instant(), reader.number()))
                        : Optional.empty();
        return new RegisterProgress(register, last, open);
    }
}
